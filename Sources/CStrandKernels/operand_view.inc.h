// Part of operands.inc.h and operands8.inc.h, which define `operand` and OPERANDS: the left side of a product.

/// `inner` rounded up to whole groups.
INLINE long padded_inner(long inner) { return (inner + OPERANDS - 1) / OPERANDS * OPERANDS; }

/// The left side of a product: like strand_view, of operands.
typedef struct operand_view {
    const operand *data;
    long row_stride;
    long block_columns;
    long block_stride;
} operand_view;

/// A view whose elements are operands already.
INLINE operand_view view_of_operands(strand_view a) {
    return (operand_view){a.data, a.row_stride, a.block_columns, a.block_stride};
}
