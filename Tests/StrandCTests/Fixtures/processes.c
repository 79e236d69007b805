// Labels on several threads and, meanwhile, in forked children: every result has to be that of the first call.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <strand.h>

enum { THREADS = 3, CALLS = 12, FORKS = 6, CHAINS = 40, LENGTH = 150 };
static char residues[CHAINS * LENGTH], expected[CHAINS * LENGTH];
static int64_t offsets[CHAINS + 1];
static strand_model *model;

static int is_as_expected(void) {
    char labels[CHAINS * LENGTH];
    strand_error error;
    const strand_chains chains = {.count = CHAINS, .residues = residues, .offsets = offsets};
    if (strand_label(model, &chains, 8, labels, NULL, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return 0;
    }
    return memcmp(labels, expected, sizeof labels) == 0;
}

static void *label_often(void *unused) {
    (void)unused;
    for (int call = 0; call < CALLS; call++)
        if (!is_as_expected()) return "other labels on a thread";
    return NULL;
}

int main(void) {
    strand_error error;
    if (strand_model_open_shipped("structure", 2, STRAND_INT8, &model, &error)) return 2;
    for (int i = 0; i < CHAINS * LENGTH; i++) residues[i] = "ACDEFGHIKLMNPQRSTVWY"[(i * i + i / 7) % 20];
    for (int k = 0; k <= CHAINS; k++) offsets[k] = k * LENGTH;
    const strand_chains chains = {.count = CHAINS, .residues = residues, .offsets = offsets};
    if (strand_label(model, &chains, 8, expected, NULL, &error)) return 3;

    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; t++) pthread_create(&threads[t], NULL, label_often, NULL);
    int wrong = 0;
    for (int f = 0; f < FORKS; f++) {
        const pid_t child = fork();
        if (child == 0) {
            // In the child, and in a child of its own.
            const pid_t inner = is_as_expected() ? fork() : -1;
            if (inner == 0) _exit(is_as_expected() ? 0 : 1);
            int status = 1;
            if (inner > 0) waitpid(inner, &status, 0);
            _exit(status == 0 && is_as_expected() ? 0 : 1);
        }
        int status = 1;
        waitpid(child, &status, 0);
        wrong += status != 0;
    }
    for (int t = 0; t < THREADS; t++) {
        void *problem;
        pthread_join(threads[t], &problem);
        if (problem) wrong++;
    }
    strand_model_close(model);
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
