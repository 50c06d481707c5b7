/* Writes to a segment while a window looks at it. Commands, one a line; each answers a number:
 *   fill             stretches of text, zeros and noise; a quarter of the segment is left untouched
 *   poke OFFSET BYTE writes one byte; answers when, in nanoseconds of the monotonic clock
 *   go PERCENT HOT   from now on changes so many of all blocks a second, spread evenly, and 40 of
 *                    the 2048 bytes from HOT on
 *   count            blocks changed so far
 * Usage: writer SHMID */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <time.h>

enum { BLOCK = 64, STEPS = 100 };

static char *live;
static size_t size;
static double percent;
static size_t hot;
static volatile uint64_t changed;
static uint64_t seed = 88172645463325252ull;

static uint64_t next(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void fill(void) {
    static const char words[] = "The quick brown fox jumps over the lazy dog. ";
    size_t stretch = size / 16;
    for (size_t part = 0; part < 16; part++) {
        char *from = live + part * stretch;
        switch (part % 4) {
        case 0:
            for (size_t i = 0; i < stretch; i++) from[i] = words[i % (sizeof words - 1)];
            break;
        case 1:
            memset(from, 0, stretch);
            break;
        case 2:
            for (size_t i = 0; i + 8 <= stretch; i += 8) memcpy(from + i, &(uint64_t){next()}, 8);
            break;
        default:
            break;
        }
    }
}

static void change(size_t at) {
    *(volatile uint64_t *)(live + at / 8 * 8) = next();
    changed++;
}

/* A hundred times a second a hundredth of what a second asks for. */
static void *restless(void *unused) {
    struct timespec due;
    clock_gettime(CLOCK_MONOTONIC, &due);
    size_t blocks = size / BLOCK;
    double owed = 0;
    for (uint64_t step = 0;; step++) {
        for (owed += blocks * percent / 100 / STEPS; owed >= 1; owed--) {
            size_t at = next() % blocks * BLOCK + next() % BLOCK;
            /* The untouched quarter stays so. */
            if (at / (size / 16) % 4 != 3) change(at);
        }
        if (step % 5 == 0) {
            for (int i = 0; i < 2; i++) change(hot + next() % 2048);
        }
        due.tv_nsec += 1000000000 / STEPS;
        if (due.tv_nsec >= 1000000000) {
            due.tv_nsec -= 1000000000;
            due.tv_sec++;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
    return unused;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int shmid = atoi(arguments[1]);
    struct shmid_ds facts;
    live = shmat(shmid, NULL, 0);
    if (live == (char *)-1 || shmctl(shmid, IPC_STAT, &facts) == -1) {
        perror("writer");
        return 1;
    }
    size = facts.shm_segsz;
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
        size_t offset;
        int byte;
        if (strcmp(line, "fill\n") == 0) {
            fill();
            printf("0\n");
        } else if (sscanf(line, "poke %zu %d", &offset, &byte) == 2 && offset < size) {
            struct timespec t;
            clock_gettime(CLOCK_MONOTONIC, &t);
            ((volatile char *)live)[offset] = (char)byte;
            printf("%lld\n", t.tv_sec * 1000000000ll + t.tv_nsec);
        } else if (sscanf(line, "go %lf %zu", &percent, &hot) == 2 && hot + 2056 <= size) {
            pthread_t thread;
            printf("%d\n", pthread_create(&thread, NULL, restless, NULL));
        } else if (strcmp(line, "count\n") == 0) {
            printf("%llu\n", (unsigned long long)changed);
        } else {
            return 2;
        }
        fflush(stdout);
    }
    return 0;
}
