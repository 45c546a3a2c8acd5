package dev.mitosis;

/// Turns functions of several arguments into functions of one argument list.
///
/// Records, not lambdas, so that an error's path of fields reads well and the class has a name.
final class Spread {
    private Spread() {}

    static <A, B, R> RemoteFunction<Args2<A, B>, R> of(
            RemoteBiFunction<? super A, ? super B, ? extends R> function) {
        return new Two<>(function);
    }

    static <A, B, C, R> RemoteFunction<Args3<A, B, C>, R> of(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> function) {
        return new Three<>(function);
    }

    static <A, B, C, D, R> RemoteFunction<Args4<A, B, C, D>, R> of(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> function) {
        return new Four<>(function);
    }

    private record Two<A, B, R>(RemoteBiFunction<? super A, ? super B, ? extends R> function)
            implements RemoteFunction<Args2<A, B>, R> {
        @Override
        public R apply(Args2<A, B> args) throws Exception {
            return function.apply(args.first(), args.second());
        }
    }

    private record Three<A, B, C, R>(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> function)
            implements RemoteFunction<Args3<A, B, C>, R> {
        @Override
        public R apply(Args3<A, B, C> args) throws Exception {
            return function.apply(args.first(), args.second(), args.third());
        }
    }

    private record Four<A, B, C, D, R>(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> function)
            implements RemoteFunction<Args4<A, B, C, D>, R> {
        @Override
        public R apply(Args4<A, B, C, D> args) throws Exception {
            return function.apply(args.first(), args.second(), args.third(), args.fourth());
        }
    }
}
