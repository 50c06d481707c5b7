/* The peer of a sweep: compares a segment with a shadow in blocks of 64 bytes and brings the shadow
 * up to date. Commands, one a line: fill, dirty (answers how many blocks), sweep, memcmp (answer
 * seconds of this thread's own time on a processor). Usage: sweep SHMID */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <time.h>
#ifdef __AVX512BW__
#include <immintrin.h>
#endif

enum { BLOCK = 64 };

static uint64_t *dirty_bits;
static volatile int sink;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static size_t sweep(const char *live, char *shadow, size_t size) {
    size_t found = 0;
    for (size_t at = 0; at < size; at += BLOCK) {
#ifdef __AVX512BW__
        __m512i seen = _mm512_loadu_si512(live + at);
        uint64_t differing = _mm512_cmpneq_epi8_mask(seen, _mm512_loadu_si512(shadow + at));
        if (differing) {
            _mm512_storeu_si512(shadow + at, seen);
            dirty_bits[at / BLOCK / 64] |= 1ull << (at / BLOCK % 64);
            found++;
        }
#else
        uint64_t seen[8], old[8], differing = 0;
        memcpy(seen, live + at, BLOCK);
        memcpy(old, shadow + at, BLOCK);
        for (int i = 0; i < 8; i++) differing |= seen[i] ^ old[i];
        if (differing) {
            memcpy(shadow + at, seen, BLOCK);
            dirty_bits[at / BLOCK / 64] |= 1ull << (at / BLOCK % 64);
            found++;
        }
#endif
    }
    return found;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int shmid = atoi(arguments[1]);
    struct shmid_ds facts;
    char *live = shmat(shmid, NULL, 0);
    if (live == (char *)-1 || shmctl(shmid, IPC_STAT, &facts) == -1) {
        perror("sweep");
        return 1;
    }
    size_t size = facts.shm_segsz;
    char *shadow = aligned_alloc(4096, size);
    dirty_bits = calloc(size / BLOCK / 64 + 1, 8);
    uint64_t state = 88172645463325252ull, rounds = 0;
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!strcmp(line, "fill")) {
            for (size_t at = 0; at + 8 <= size; at += 8) {
                state ^= state << 13, state ^= state >> 7, state ^= state << 17;
                memcpy(live + at, &state, 8);
            }
            memcpy(shadow, live, size);
            puts("0");
        } else if (!strcmp(line, "dirty")) {
            size_t blocks = 0;
            rounds++;
            for (size_t at = rounds % 100 * BLOCK; at < size; at += 100 * BLOCK) {
                live[at + rounds % BLOCK]++;
                blocks++;
            }
            printf("%zu\n", blocks);
        } else if (!strcmp(line, "sweep")) {
            double begun = now();
            sink = (int)sweep(live, shadow, size);
            printf("%.9f\n", now() - begun);
        } else if (!strcmp(line, "memcmp")) {
            double begun = now();
            sink = memcmp(live, shadow, size);
            printf("%.9f\n", now() - begun);
        } else {
            return 2;
        }
        fflush(stdout);
    }
    return 0;
}
