// C below StrandBytes: SHA-256 with the processor's own instructions, notes beside the
// contents of files, memory, and the commit that was built.
#ifndef STRAND_BYTES_H
#define STRAND_BYTES_H

#include <stddef.h>
#include <stdint.h>

/// A SHA-256 digest of a growing number of bytes (FIPS 180-4).
typedef struct {
    uint32_t state[8];
    uint64_t byte_count;
    /// The first byte_count % 64 bytes of the next block.
    uint8_t pending[64];
} strand_sha256;

/// The digest of no bytes yet.
strand_sha256 strand_sha256_begin(void);
/// Adds bytes.
void strand_sha256_update(strand_sha256 *sha, const uint8_t *bytes, size_t count);
/// The digest of all bytes so far.
void strand_sha256_finish(strand_sha256 *sha, uint8_t digest[32]);
/// The same as `strand_sha256_update`, without the instructions for it: for tests.
void strand_sha256_update_portable(strand_sha256 *sha, const uint8_t *bytes, size_t count);

/// Notes a value beside the contents of a file or folder (an extended attribute; xattr(7)): 0, or -1 where that cannot be.
int strand_set_attribute(const char *path, const char *name, const uint8_t *value, size_t count);
/// The size of a noted value, which is copied to `value`; -1 if there is none, or it is longer than `count`.
ptrdiff_t strand_get_attribute(const char *path, const char *name, uint8_t *value, size_t count);

/// Has arrays of 128 KiB and more given back to the system when they are freed. Without it, glibc's allocator keeps the
/// larger ones the more it has seen.
void strand_return_large_arrays(void);

/// The commit that the program was built from, or "unknown".
const char *strand_commit(void);

#endif
