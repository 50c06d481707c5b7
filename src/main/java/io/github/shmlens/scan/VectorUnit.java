package io.github.shmlens.scan;

/// Whether kernels written with the Vector API are fast in this process.
///
/// They need the module `jdk.incubator.vector` and the optimising compiler: without it each vector
/// is an object, and a loop over bytes is a hundred times as fast. The module is there when the JVM
/// was started with it; else it is brought in now, which the launcher permits where memory is
/// scanned (decision 31). Asked once; a kernel's choice holds for the process.
final class VectorUnit {

    private static final String MODULE = "jdk.incubator.vector";

    /// What the JVM says of itself when it has no optimising compiler, or may not use it.
    private static final String CLIENT_ONLY = "emulated-client";

    private static final String INTERPRETED = "interpreted mode";

    /// Set for the run whose classes are kept for a quick start. One that was linked against the
    /// module spoils all that would be kept: the JVM that writes it down does not have the module.
    private static final String REHEARSAL = "shmlens.rehearsal";

    private static final boolean USABLE =
            optimises(System.getProperty("java.vm.info", ""))
                    && System.getProperty(REHEARSAL) == null
                    && (ModuleLayer.boot().findModule(MODULE).isPresent() || bringIn());

    private VectorUnit() {}

    /// By the JDK's own way for modules that tools need later, such as `java.instrument`. Where the
    /// command line does not export it, or a later JDK has it no more, there is no module.
    private static boolean bringIn() {
        try {
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, MODULE);
            return true;
        } catch (ReflectiveOperationException notExported) {
            return false;
        }
    }

    static boolean isUsable() {
        return USABLE;
    }

    /// @param vm the JVM's own description of how it runs code
    static boolean optimises(String vm) {
        return !vm.contains(CLIENT_ONLY) && !vm.contains(INTERPRETED);
    }
}
