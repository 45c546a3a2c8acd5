package dev.mitosis.internal.codec;

import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/// Writes and reads all components of one record class; its subclasses are generated.
///
/// A subclass is what one would write by hand, `to.part(record.name()); to.part(record.size());`
/// and `new Row(from.part(), from.intPart())`, but for the accessors and the constructor: those are
/// constant handles, since the record's class may be one that this package cannot see. The JVM
/// compiles that as a whole.
abstract class ComponentCodec {
    private static final ClassDesc CODEC = ClassDesc.of(ComponentCodec.class.getName());
    private static final ClassDesc WRITER = ClassDesc.of(ValueWriter.class.getName());
    private static final ClassDesc READER = ClassDesc.of(ValueReader.class.getName());

    /// Writes all components, the first one first.
    ///
    /// @param to where to
    /// @param record a record of the class
    /// @throws Throwable whatever an accessor throws, and whatever prevents a component's travel
    abstract void write(ValueWriter to, Object record) throws Throwable;

    /// Reads all components and makes a record of them.
    ///
    /// @param from where from
    /// @return the record
    /// @throws Throwable whatever the constructor throws, and whatever is wrong with a component
    abstract Object read(ValueReader from) throws Throwable;

    /// Generates the codec of a class. That takes milliseconds.
    ///
    /// @param accessors of its components, each of a record to the component's type
    /// @param constructor of all its components
    /// @return the codec
    static ComponentCodec of(List<MethodHandle> accessors, MethodHandle constructor) {
        var handles = new ArrayList<MethodHandle>();
        for (var accessor : accessors) {
            handles.add(accessor.asType(MethodType.methodType(
                    part(accessor.type().returnType()), Object.class)));
        }
        var made = constructor.type().changeReturnType(Object.class);
        for (int i = 0; i < made.parameterCount(); i++) {
            made = made.changeParameterType(i, part(made.parameterType(i)));
        }
        handles.add(constructor.asType(made));
        return define(generate(handles), handles);
    }

    private static byte[] generate(List<MethodHandle> handles) {
        var writing = MethodTypeDesc.of(ConstantDescs.CD_void, WRITER, CD_Object);
        var reading = MethodTypeDesc.of(CD_Object, READER);
        return ClassFile.of().build(ClassDesc.of(ComponentCodec.class.getName() + "$Of"), type ->
                type.withSuperclass(CODEC)
                        .withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                                ComponentCodec::construct)
                        .withMethodBody("write", writing, 0, code -> write(code, handles))
                        .withMethodBody("read", reading, 0, code -> read(code, handles)));
    }

    private static ComponentCodec define(byte[] bytes, List<MethodHandle> handles) {
        try {
            var type = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, handles, true);
            return (ComponentCodec) type.findConstructor(
                    type.lookupClass(), MethodType.methodType(void.class)).invoke();
        } catch (Throwable e) {
            throw new LinkageError("a class that was generated here", e);
        }
    }

    private static void construct(CodeBuilder code) {
        code.aload(0).invokespecial(CODEC, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_();
    }

    private static void write(CodeBuilder code, List<MethodHandle> handles) {
        for (int i = 0; i < handles.size() - 1; i++) {
            var get = handles.get(i).type();
            code.aload(1).loadConstant(handle(i)).aload(2)
                    .invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact",
                            get.describeConstable().orElseThrow())
                    .invokevirtual(WRITER, "part", MethodTypeDesc.of(ConstantDescs.CD_void,
                            get.returnType().describeConstable().orElseThrow()));
        }
        code.return_();
    }

    private static void read(CodeBuilder code, List<MethodHandle> handles) {
        var make = handles.getLast().type();
        code.loadConstant(handle(handles.size() - 1));
        for (var type : make.parameterList()) {
            code.aload(1).invokevirtual(READER, reader(type),
                    MethodTypeDesc.of(type.describeConstable().orElseThrow()));
        }
        code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact",
                make.describeConstable().orElseThrow()).areturn();
    }

    /// {@return as what a component of a type is written and read}
    private static Class<?> part(Class<?> type) {
        return type.isPrimitive() ? type : Object.class;
    }

    private static String reader(Class<?> type) {
        return type.isPrimitive() ? type.getName() + "Part" : "part";
    }

    private static DynamicConstantDesc<MethodHandle> handle(int number) {
        return DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA_AT,
                ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, number);
    }
}
