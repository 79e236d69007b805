#define _GNU_SOURCE
// Worker threads: spin briefly, then block, so that an idle or busy machine pays nothing for them. A child process that was
// forked has none of them: its pools start new ones when they are next used.
#include "CStrandKernels.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

struct strand_pool {
    pthread_mutex_t callers;  // one job at a time
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    atomic_ulong job;         // number of the current job; a change wakes the workers
    atomic_long next;         // next task of the job
    atomic_int working;       // workers that have not finished the job
    atomic_bool stop;
    long count;
    void (*task)(void *, long);
    void *context;
    int wanted, workers;
    strand_pool *previous, *following;  // of all pools
    pthread_t threads[];
};

/// Looks at the job number this often before blocking: some tens of microseconds.
enum { SPINS = 2000 };

static void relax(void) {
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Flushes subnormals to zero (and reads them as zero) on this thread; returns what to restore.
static unsigned long flush_subnormals(void) {
#if defined(__x86_64__)
    const unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040);  // FTZ, DAZ
    return before;
#elif defined(__aarch64__)
    unsigned long before;
    __asm__ volatile("mrs %0, fpcr" : "=r"(before));
    __asm__ volatile("msr fpcr, %0" ::"r"(before | 1ul << 24));  // FZ
    return before;
#else
    return 0;
#endif
}

static void restore_subnormals(unsigned long before) {
#if defined(__x86_64__)
    _mm_setcsr((unsigned)before);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" ::"r"(before));
#else
    (void)before;
#endif
}

/// The pools whose tasks this thread is inside of, the innermost first.
typedef struct running_pool {
    const strand_pool *pool;
    const struct running_pool *outer;
} running_pool;

static _Thread_local const running_pool *running;

bool strand_pool_is_running(const strand_pool *pool) {
    for (const running_pool *r = running; r; r = r->outer)
        if (r->pool == pool) return true;
    return false;
}

static void run_tasks(strand_pool *pool) {
    const running_pool here = {pool, running};
    running = &here;
    for (long index; (index = atomic_fetch_add(&pool->next, 1)) < pool->count;) pool->task(pool->context, index);
    running = here.outer;
}

/// Waits until the job number differs from `seen`; returns the new one.
static unsigned long await_job(strand_pool *pool, unsigned long seen) {
    for (int spin = 0; spin < SPINS; spin++) {
        const unsigned long job = atomic_load(&pool->job);
        if (job != seen) return job;
        relax();
    }
    pthread_mutex_lock(&pool->lock);
    while (atomic_load(&pool->job) == seen) pthread_cond_wait(&pool->work, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    return atomic_load(&pool->job);
}

static void *worker(void *argument) {
    strand_pool *pool = argument;
    flush_subnormals();
    for (unsigned long seen = 0;;) {
        seen = await_job(pool, seen);
        if (atomic_load(&pool->stop)) return NULL;
        run_tasks(pool);
        if (atomic_fetch_sub(&pool->working, 1) == 1) {
            pthread_mutex_lock(&pool->lock);
            pthread_cond_signal(&pool->done);
            pthread_mutex_unlock(&pool->lock);
        }
    }
}

static void announce_job(strand_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    atomic_fetch_add(&pool->job, 1);
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
}

static void await_workers(strand_pool *pool) {
    for (int spin = 0; spin < SPINS; spin++) {
        if (atomic_load(&pool->working) == 0) return;
        relax();
    }
    pthread_mutex_lock(&pool->lock);
    while (atomic_load(&pool->working) > 0) pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

static void reset(strand_pool *pool) {
    pthread_mutex_init(&pool->callers, NULL);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    atomic_store(&pool->job, 0);
    pool->workers = 0;
}

/// Starts the workers that are wanting; fewer if the system gives no threads.
static void start_workers(strand_pool *pool) {
    for (; pool->workers < pool->wanted; pool->workers++)
        if (pthread_create(&pool->threads[pool->workers], NULL, worker, pool) != 0) return;
}

// All pools, so that a forked child can reset its copies: in it only the thread that forked is alive, and a lock that
// another thread held stays locked. `calls` is held for reading by what must not be half done in a child.
static pthread_mutex_t registry = PTHREAD_MUTEX_INITIALIZER;
static strand_pool *pools;
#ifdef PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP
#define CALLS_INITIALIZER PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP  // a fork does not wait for later calls
#else
#define CALLS_INITIALIZER PTHREAD_RWLOCK_INITIALIZER
#endif
static pthread_rwlock_t calls = CALLS_INITIALIZER;

static void before_fork(void) {
    pthread_rwlock_wrlock(&calls);
    pthread_mutex_lock(&registry);
}

static void after_fork_in_parent(void) {
    pthread_mutex_unlock(&registry);
    pthread_rwlock_unlock(&calls);
}

static void after_fork_in_child(void) {
    for (strand_pool *pool = pools; pool; pool = pool->following) reset(pool);
    pthread_mutex_unlock(&registry);
    calls = (pthread_rwlock_t)CALLS_INITIALIZER;
}

static void watch_forks(void) { pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child); }

static pthread_once_t once = PTHREAD_ONCE_INIT;

void strand_delay_forks(void) {
    pthread_once(&once, watch_forks);
    pthread_rwlock_rdlock(&calls);
}

void strand_allow_forks(void) { pthread_rwlock_unlock(&calls); }

static void enlist(strand_pool *pool) {
    pthread_once(&once, watch_forks);
    pthread_mutex_lock(&registry);
    pool->following = pools;
    if (pools) pools->previous = pool;
    pools = pool;
    pthread_mutex_unlock(&registry);
}

static void delist(strand_pool *pool) {
    pthread_mutex_lock(&registry);
    if (pool->previous) pool->previous->following = pool->following; else pools = pool->following;
    if (pool->following) pool->following->previous = pool->previous;
    pthread_mutex_unlock(&registry);
}

strand_pool *strand_pool_create(int threads) {
    strand_pool *pool = calloc(1, sizeof(strand_pool) + (size_t)threads * sizeof(pthread_t));
    if (!pool) return NULL;
    pool->wanted = threads - 1;
    reset(pool);
    enlist(pool);
    start_workers(pool);
    if (pool->workers == pool->wanted) return pool;
    strand_pool_destroy(pool);
    return NULL;
}

void strand_pool_destroy(strand_pool *pool) {
    delist(pool);
    atomic_store(&pool->stop, true);
    announce_job(pool);
    for (int i = 0; i < pool->workers; i++) pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    pthread_mutex_destroy(&pool->callers);
    free(pool);
}

void strand_pool_run(strand_pool *pool, long count, void (*task)(void *context, long index), void *context) {
    pthread_mutex_lock(&pool->callers);
    start_workers(pool);
    const unsigned long before = flush_subnormals();
    pool->count = count;
    pool->task = task;
    pool->context = context;
    atomic_store(&pool->next, 0);
    const bool shared = pool->workers > 0 && count > 1;
    if (shared) {
        atomic_store(&pool->working, pool->workers);
        announce_job(pool);
    }
    run_tasks(pool);
    if (shared) await_workers(pool);
    restore_subnormals(before);
    pthread_mutex_unlock(&pool->callers);
}
