// Part of kernels.inc.h and kernels8.inc.h: how a product is cut into tiles of constant sizes.

/// Calls `BODY(R)` with the constant R = rows, 1 ... TILE_ROWS.
#if TILE_ROWS >= 6
#define FOR_ROWS(rows, BODY) \
    switch (rows) { \
    case 6: BODY(6); break; \
    case 5: BODY(5); break; \
    case 4: BODY(4); break; \
    case 3: BODY(3); break; \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#else
#define FOR_ROWS(rows, BODY) \
    switch (rows) { \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#endif

/// Calls `BODY(V)` with the constant V = vectors, 1 ... TILE_VECTORS.
#if TILE_VECTORS >= 4
#define FOR_VECTORS(vectors, BODY) \
    switch (vectors) { \
    case 4: BODY(4); break; \
    case 3: BODY(3); break; \
    case 2: BODY(2); break; \
    default: BODY(1); \
    }
#else
#define FOR_VECTORS(vectors, BODY) ((void)(vectors), BODY(1))
#endif

/// `WITH_BOTH(R, V)`, which the user of both defines, with the constant R.
#define WITH_BOTH_1(V) WITH_BOTH(1, V)
#define WITH_BOTH_2(V) WITH_BOTH(2, V)
#define WITH_BOTH_3(V) WITH_BOTH(3, V)
#define WITH_BOTH_4(V) WITH_BOTH(4, V)
#define WITH_BOTH_5(V) WITH_BOTH(5, V)
#define WITH_BOTH_6(V) WITH_BOTH(6, V)

/// Rows of the next tile when `rows` are left: as even as can be (32 = 6 + 6 + 5 + 5 + 5 + 5). Of two tiles of floats the
/// first is the taller (8 = 6 + 2): it waits for weights from the outer cache, and every row gives it time.
INLINE long tile_rows(long rows) {
    const long tiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    if (tiles == 2 && OPERANDS == 1) return min_long(TILE_ROWS, rows - 2);
    return (rows + tiles - 1) / tiles;
}
