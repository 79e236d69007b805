// Labels the chains of a FASTA file, plain or gzip, with their secondary structure: header, sequence and labels.
//
//     make install-library PREFIX=$HOME/.local
//     cc label.c $(PKG_CONFIG_PATH=$HOME/.local/lib/pkgconfig pkg-config --cflags --libs strand) -o label
//     ./label proteins.fasta
#include <stdio.h>
#include <stdlib.h>
#include <strand.h>

static int fail(const strand_error *error) {
    fprintf(stderr, "%s\n", error->text);
    return 1;
}

int main(int count, char **arguments) {
    strand_error error;
    strand_model *model;
    if (strand_model_open_shipped("structure", 0, STRAND_INT8, &model, &error)) return fail(&error);
    strand_records *records = strand_records_open(count > 1 ? arguments[1] : "-", STRAND_FASTA);
    for (strand_batch batch;;) {
        if (strand_records_next(records, 65536, &batch, &error)) return fail(&error);
        const strand_chains *chains = &batch.chains;
        if (chains->count == 0) break;
        char *labels = malloc((size_t)chains->offsets[chains->count]);
        if (strand_label(model, chains, 3, labels, NULL, &error)) return fail(&error);
        for (size_t k = 0; k < chains->count; k++) {
            const int64_t start = chains->offsets[k], header = batch.header_offsets[k];
            const int length = (int)(chains->offsets[k + 1] - start);
            printf(">%.*s\n%.*s\n%.*s\n", (int)(batch.header_offsets[k + 1] - header), batch.headers + header,
                   length, chains->residues + start, length, labels + start);
        }
        free(labels);
    }
    const char *repairs = strand_records_repairs(records);
    if (*repairs) fprintf(stderr, "%s\n", repairs);
    strand_records_close(records);
    strand_model_close(model);
    return 0;
}
