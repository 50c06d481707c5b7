package io.github.shmlens.scan;

/// Whether kernels written with the Vector API are fast in this process.
///
/// They need the module `jdk.incubator.vector`, which the launcher adds where memory is scanned,
/// and the optimising compiler: without it each vector is an object, and a loop over bytes is a
/// hundred times as fast. Asked once; a kernel's choice holds for the process.
final class VectorUnit {

    private static final String MODULE = "jdk.incubator.vector";

    /// What the JVM says of itself when it has no optimising compiler, or may not use it.
    private static final String CLIENT_ONLY = "emulated-client";

    private static final String INTERPRETED = "interpreted mode";

    private static final boolean USABLE =
            ModuleLayer.boot().findModule(MODULE).isPresent()
                    && optimises(System.getProperty("java.vm.info", ""));

    private VectorUnit() {}

    static boolean isUsable() {
        return USABLE;
    }

    /// @param vm the JVM's own description of how it runs code
    static boolean optimises(String vm) {
        return !vm.contains(CLIENT_ONLY) && !vm.contains(INTERPRETED);
    }
}
