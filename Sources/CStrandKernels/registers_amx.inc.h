// Part of product_amx.inc.h and product8_amx.inc.h: the tile registers of AMX (Intel SDM, volume 1, chapter 18).
//
// The including file may define TILE_CONFIGURE, TILE_LOAD, TILE_STORE, the multiplication it uses and TILE_RELEASE, as a
// test does.

#ifndef TILE_CONFIGURE
#define TILE_CONFIGURE(config) _tile_loadconfig(config)
#define TILE_LOAD(tile, from, stride_bytes) _tile_loadd(tile, from, stride_bytes)
#define TILE_STORE(tile, to, stride_bytes) _tile_stored(tile, to, stride_bytes)
#define TILE_MULTIPLY(sum, left, right) _tile_dpbf16ps(sum, left, right)
#define TILE_MULTIPLY_BYTES(sum, left, right) _tile_dpbusd(sum, left, right)
#define TILE_RELEASE() _tile_release()
#endif

/// The 64 bytes that configure the tiles.
typedef struct tile_config {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} __attribute__((aligned(64))) tile_config;
