package dev.mitosis.internal.codec;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a lambda stands in the source and what it captures, as far as its class file tells.
final class LambdaPlace {
    private static final Pattern NAME =
            Pattern.compile("lambda\\$(?<method>.+?)\\$(?:\\p{XDigit}+\\$)?\\d+");

    private final SerializedLambda lambda;
    private final @Nullable MethodModel body;

    /// Looks a lambda up.
    ///
    /// @param lambda the lambda
    /// @param loader the loader of its class
    LambdaPlace(SerializedLambda lambda, @Nullable ClassLoader loader) {
        this.lambda = lambda;
        this.body = body(lambda, loader);
    }

    private static @Nullable MethodModel body(
            SerializedLambda lambda, @Nullable ClassLoader loader) {
        var file = lambda.getImplClass() + ".class";
        try (var in = loader == null
                ? ClassLoader.getSystemResourceAsStream(file)
                : loader.getResourceAsStream(file)) {
            if (in == null) {
                return null;
            }
            var model = ClassFile.of().parse(in.readAllBytes());
            return model.methods().stream().filter(m -> isBody(m, lambda)).findFirst().orElse(null);
        } catch (IOException | RuntimeException _) {
            return null; // the place is then less precise
        }
    }

    private static boolean isBody(MethodModel method, SerializedLambda lambda) {
        return method.methodName().equalsString(lambda.getImplMethodName())
                && method.methodType().equalsString(lambda.getImplMethodSignature());
    }

    /// {@return whether this is the body of a lambda, not a method that exists by itself}
    boolean isLambda() {
        return NAME.matcher(lambda.getImplMethodName()).matches();
    }

    /// {@return the lambda in words, such as `the lambda in com.acme.Main.run(Main.java:42)`}
    @Override
    public String toString() {
        var type = lambda.getImplClass().replace('/', '.');
        var name = NAME.matcher(lambda.getImplMethodName());
        if (name.matches()) {
            return "the lambda in " + type + "." + method(name.group("method")) + source();
        }
        return "the method reference " + type + "::" + lambda.getImplMethodName() + " in "
                + lambda.getCapturingClass().replace('/', '.');
    }

    private static String method(String name) {
        return switch (name) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> name;
        };
    }

    private String source() {
        var line = code().flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
                .flatMap(table -> table.lineNumbers().stream().findFirst());
        var file = Optional.ofNullable(body).flatMap(MethodModel::parent)
                .flatMap(model -> model.findAttribute(Attributes.sourceFile()))
                .map(attribute -> attribute.sourceFile().stringValue());
        if (file.isEmpty()) {
            return "";
        }
        return "(" + file.get() + line.map(l -> ":" + l.lineNumber()).orElse("") + ")";
    }

    private Optional<CodeAttribute> code() {
        return Optional.ofNullable(body).flatMap(m -> m.findAttribute(Attributes.code()));
    }

    /// {@return whether a captured value is the object in whose method the lambda stands}
    ///
    /// @param index which captured value
    boolean isThis(int index) {
        return index == 0
                && isLambda()
                && lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
    }

    /// {@return a captured value in words, such as `captured variable 'logger'`}
    ///
    /// @param index which captured value
    String captured(int index) {
        if (isThis(index)) {
            return "the captured 'this'";
        }
        if (!isLambda()) {
            return "the receiver";
        }
        var name = variable(index);
        return name == null
                ? "captured variable " + (index + 1) + " (a " + typeOf(index) + ")"
                : "captured variable '" + name + "'";
    }

    private String typeOf(int index) {
        var value = lambda.getCapturedArg(index);
        return value == null ? "null" : value.getClass().getTypeName();
    }

    /// The name of a parameter of the body, if it was compiled with `-g`.
    private @Nullable String variable(int index) {
        int slot = slot(index);
        return code().flatMap(code -> code.findAttribute(Attributes.localVariableTable()))
                .stream().flatMap(table -> table.localVariables().stream())
                .filter(v -> v.slot() == slot)
                .min(Comparator.comparingInt(v -> v.startPc()))
                .map(v -> v.name().stringValue()).orElse(null);
    }

    private int slot(int index) {
        boolean instance = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
        var types = MethodTypeDesc.ofDescriptor(lambda.getImplMethodSignature());
        int slot = instance ? 1 : 0;
        for (int i = 0; i < index - (instance ? 1 : 0); i++) {
            var type = types.parameterType(i).descriptorString();
            slot += type.equals("J") || type.equals("D") ? 2 : 1;
        }
        return slot;
    }

    /// {@return the methods of 'this' that the lambda calls}
    Set<String> methodsOfThis() {
        var names = new LinkedHashSet<String>();
        for (var element : elements()) {
            if (element instanceof InvokeInstruction call
                    && call.opcode() != Opcode.INVOKESTATIC
                    && call.owner().asInternalName().equals(lambda.getImplClass())) {
                names.add(call.name().stringValue());
            }
        }
        return names;
    }

    /// {@return the fields of 'this' that the lambda reads}
    Set<String> fieldsOfThis() {
        var names = new LinkedHashSet<String>();
        for (var element : elements()) {
            if (element instanceof FieldInstruction access
                    && access.opcode() == Opcode.GETFIELD
                    && access.owner().asInternalName().equals(lambda.getImplClass())) {
                names.add(access.name().stringValue());
            }
        }
        return names;
    }

    private Iterable<CodeElement> elements() {
        return body == null
                ? Set.of()
                : body.code().<Iterable<CodeElement>>map(code -> code).orElse(Set.of());
    }
}
