package io.github.shmlens.sysv;

/// What was asked of the kernel. The same errno means different things for different questions, and
/// even for different questions to the same function.
enum Call {
    FIND_SEGMENT("shmget"),
    CREATE_SEGMENT("shmget"),
    ATTACH("shmat"),
    STAT_SEGMENT("shmctl"),
    REMOVE_SEGMENT("shmctl"),
    SET_SEGMENT("shmctl"),
    LOCK_SEGMENT("shmctl"),
    RESIDENCY("mincore"),
    RESERVE("mmap"),
    FIND_SEMAPHORE("semget"),
    CREATE_SEMAPHORE("semget"),
    OPERATE_SEMAPHORE("semop"),
    READ_SEMAPHORE("semctl"),
    SET_SEMAPHORE("semctl"),
    REMOVE_SEMAPHORE("semctl"),
    OPEN("open"),
    CREATE_OBJECT("open"),
    RESIZE("ftruncate"),
    STAT_FILE("stat"),
    READ("pread"),
    WRITE("pwrite"),
    UNLINK("unlink"),
    CHANGE_MODE("chmod"),
    CHANGE_OWNER("chown");

    private final String function;

    Call(String function) {
        this.function = function;
    }

    /// The C function's name.
    String function() {
        return function;
    }
}
