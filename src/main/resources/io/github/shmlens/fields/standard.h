/* What the headers of C, POSIX and Linux name, as the GNU C library lays it out. */

typedef signed char int8_t, __int8_t, s8, __s8, int_least8_t, int_fast8_t;
typedef unsigned char uint8_t, u_int8_t, __uint8_t, u8, __u8, uint_least8_t, uint_fast8_t;
typedef short int16_t, __int16_t, s16, __s16, int_least16_t;
typedef unsigned short uint16_t, u_int16_t, __uint16_t, u16, __u16, __le16, le16, uint_least16_t;
typedef int int32_t, __int32_t, s32, __s32, int_least32_t;
typedef unsigned int uint32_t, u_int32_t, __uint32_t, u32, __u32, __le32, le32, uint_least32_t;
#ifdef __LP64__
typedef long int64_t, __int64_t, int_least64_t, intmax_t, int_fast16_t, int_fast32_t, int_fast64_t;
typedef unsigned long uint64_t, u_int64_t, __uint64_t, uint_least64_t, uintmax_t;
typedef unsigned long uint_fast16_t, uint_fast32_t, uint_fast64_t, size_t, uintptr_t;
typedef long ssize_t, ptrdiff_t, intptr_t;
#else
typedef long long int64_t, __int64_t, int_least64_t, intmax_t, int_fast64_t;
typedef unsigned long long uint64_t, u_int64_t, __uint64_t, uint_least64_t, uintmax_t, uint_fast64_t;
typedef int int_fast16_t, int_fast32_t;
typedef unsigned int uint_fast16_t, uint_fast32_t, size_t, uintptr_t;
typedef int ssize_t, ptrdiff_t, intptr_t;
#endif
typedef long long s64, __s64, loff_t;
typedef unsigned long long u64, __u64, __le64, le64;

typedef unsigned short char16_t;
typedef unsigned int char32_t;
#ifdef __aarch64__
typedef unsigned int wchar_t;
#else
typedef int wchar_t;
#endif
typedef unsigned int wint_t;

typedef unsigned char uchar, u_char, byte;
typedef unsigned short ushort, u_short;
typedef unsigned int uint, u_int;
typedef unsigned long ulong, u_long;

typedef long time_t, suseconds_t, off_t, clock_t, __syscall_slong_t;
typedef int pid_t, clockid_t, key_t, sig_atomic_t;
typedef unsigned int uid_t, gid_t, mode_t, id_t, useconds_t, socklen_t;
typedef unsigned long ino_t;
typedef long long off64_t;
typedef unsigned long long ino64_t, dev_t;
#ifdef __LP64__
typedef unsigned long nlink_t;
#else
typedef unsigned int nlink_t;
#endif
#ifdef __aarch64__
typedef int blksize_t;
#else
typedef long blksize_t;
#endif
typedef long blkcnt_t;
typedef unsigned short sa_family_t, in_port_t;
typedef unsigned int in_addr_t;

struct timespec { time_t tv_sec; long tv_nsec; };
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
struct in_addr { in_addr_t s_addr; };

/* Locks of the GNU C library, with the names that its debuggers show. */

typedef int pthread_spinlock_t, pthread_once_t;
typedef unsigned int pthread_key_t;
typedef unsigned long pthread_t;

typedef struct {
    int __lock;
    unsigned int __count;
    int __owner;
#ifdef __LP64__
    unsigned int __nusers;
#endif
    int __kind;
#ifndef __LP64__
    unsigned int __nusers;
#endif
#ifdef __x86_64__
    short __spins, __elision;
#elif defined(__LP64__)
    int __spins;
#endif
#ifdef __LP64__
    void *__list_prev, *__list_next;
#else
    union { struct { short __espins, __eelision; }; void *__list; };
#endif
#ifdef __aarch64__
    char __reserved[8];
#endif
} pthread_mutex_t;

typedef struct {
    unsigned long long __wseq, __g1_start;
    unsigned int __g_refs[2], __g_size[2];
    unsigned int __g1_orig_size, __wrefs;
    unsigned int __g_signals[2];
} pthread_cond_t;

typedef struct {
    unsigned int __readers, __writers, __wrphase_futex, __writers_futex;
    unsigned int __pad3, __pad4;
#ifdef __LP64__
    int __cur_writer, __shared;
#ifdef __x86_64__
    signed char __rwelision;
    unsigned char __pad1[7];
#else
    unsigned long __pad1;
#endif
    unsigned long __pad2;
    unsigned int __flags;
#else
    unsigned char __flags, __shared;
    signed char __rwelision;
    unsigned char __pad2;
    int __cur_writer;
#endif
} pthread_rwlock_t;

typedef struct {
    unsigned int __in, __current_round, __count;
    int __shared;
    unsigned int __out;
#ifdef __LP64__
    char __reserved[12];
#endif
} __attribute__((aligned(__SIZEOF_LONG__))) pthread_barrier_t;

#ifdef __aarch64__
typedef union { char __size[64]; long __align; } pthread_attr_t;
typedef union { char __size[8]; int __align; } pthread_mutexattr_t, pthread_condattr_t;
typedef union { char __size[8]; int __align; } pthread_barrierattr_t;
#elif defined(__x86_64__)
typedef union { char __size[56]; long __align; } pthread_attr_t;
typedef union { char __size[4]; int __align; } pthread_mutexattr_t, pthread_condattr_t;
typedef union { char __size[4]; int __align; } pthread_barrierattr_t;
#else
typedef union { char __size[36]; long __align; } pthread_attr_t;
typedef union { char __size[4]; int __align; } pthread_mutexattr_t, pthread_condattr_t;
typedef union { char __size[4]; int __align; } pthread_barrierattr_t;
#endif
typedef union { char __size[8]; long __align; } pthread_rwlockattr_t;

typedef struct {
#ifdef __LP64__
    unsigned int __value, __nwaiters;
    int __private;
    char __reserved[20];
#else
    unsigned int __value;
    int __private;
    unsigned int __nwaiters;
    char __reserved[4];
#endif
} __attribute__((aligned(__SIZEOF_LONG__))) sem_t;

/* <stdatomic.h> */
typedef _Atomic bool atomic_bool, atomic_flag;
typedef _Atomic char atomic_char;
typedef _Atomic signed char atomic_schar, atomic_int8_t, atomic_int_least8_t;
typedef _Atomic unsigned char atomic_uchar, atomic_uint8_t, atomic_uint_least8_t;
typedef _Atomic short atomic_short, atomic_int16_t, atomic_int_least16_t;
typedef _Atomic unsigned short atomic_ushort, atomic_uint16_t, atomic_uint_least16_t;
typedef _Atomic int atomic_int, atomic_int32_t, atomic_int_least32_t;
typedef _Atomic unsigned int atomic_uint, atomic_uint32_t, atomic_uint_least32_t;
typedef _Atomic long atomic_long;
typedef _Atomic unsigned long atomic_ulong;
typedef _Atomic long long atomic_llong;
typedef _Atomic unsigned long long atomic_ullong;
typedef _Atomic int64_t atomic_int64_t, atomic_int_least64_t, atomic_intmax_t;
typedef _Atomic uint64_t atomic_uint64_t, atomic_uint_least64_t, atomic_uintmax_t;
typedef _Atomic size_t atomic_size_t;
typedef _Atomic ptrdiff_t atomic_ptrdiff_t;
typedef _Atomic intptr_t atomic_intptr_t;
typedef _Atomic uintptr_t atomic_uintptr_t;
typedef _Atomic wchar_t atomic_wchar_t;
typedef _Atomic char16_t atomic_char16_t;
typedef _Atomic char32_t atomic_char32_t;
