/* The peer of a search: finds every occurrence of a needle with memmem. Commands, one a line: fill
 * (random bytes, and the needle of 16 bytes in a few places), find HEX (answers seconds), hits
 * (answers how many the last find found). Usage: find SHMID */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int shmid = atoi(arguments[1]);
    struct shmid_ds facts;
    char *live = shmat(shmid, NULL, 0);
    if (live == (char *)-1 || shmctl(shmid, IPC_STAT, &facts) == -1) {
        perror("find");
        return 1;
    }
    size_t size = facts.shm_segsz, hits = 0;
    uint64_t state = 88172645463325252ull;
    char line[128];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!strcmp(line, "fill")) {
            for (size_t at = 0; at + 8 <= size; at += 8) {
                state ^= state << 13, state ^= state >> 7, state ^= state << 17;
                memcpy(live + at, &state, 8);
            }
            for (size_t at = 12345; at + 16 <= size; at += 100000007)
                memcpy(live + at, "shmlens's needle", 16);
            puts("0");
        } else if (!strncmp(line, "find ", 5)) {
            unsigned char needle[64];
            size_t length = 0;
            for (char *digits = line + 5; sscanf(digits, "%2hhx", needle + length) == 1; digits += 2)
                length++;
            double begun = now();
            hits = 0;
            for (char *at = live; (at = memmem(at, live + size - at, needle, length)); at++) hits++;
            printf("%.9f\n", now() - begun);
        } else if (!strcmp(line, "hits")) {
            printf("%zu\n", hits);
        } else {
            return 2;
        }
        fflush(stdout);
    }
    return 0;
}
