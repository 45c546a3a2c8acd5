package dev.mitosis.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: the version in the jar's manifest, and the Java it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"mitosis " + number() + " (Java " + Runtime.version() + ")"};
    }

    static String number() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
