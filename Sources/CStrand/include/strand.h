/// Strand's C interface: secondary structure of proteins, and text of pen strokes.
///
/// Link with libstrand, which holds the models that come with Strand. Conventions:
///
/// - Pointers and offsets have to be right: that they lie within buffers is not seen. Counts and lengths beyond 2^40 are refused.
/// - A function that can fail returns a `strand_status` and, unless `error` is NULL, says in `*error` what went wrong. Nothing
///   is written to standard output or standard error, and no function ends the process unless memory runs out.
/// - What the caller passes in is read during the call and not kept. Results go to the caller's buffers, or belong to a
///   result that the caller frees with the function named there. Every ..._close and ..._free takes NULL.
/// - Text is UTF-8 and ends with NUL; residues and labels are ASCII and do not.
/// - Sequences lie one after another in one buffer. `offsets` has one number more than there are sequences: sequence k is
///   what lies from offsets[k] up to offsets[k + 1]. Row r of a matrix begins at r times its columns.
/// - A model may be used by several threads at a time; their calls share its threads and take turns. A reader of records is
///   for one thread at a time.
/// - fork: a child can go on using the models of its parent; their threads start anew there. A fork waits until the calls
///   that other threads are in have returned, but for `strand_records_next`, which may wait for a pipe: a child must not use
///   a reader of records of its parent.
/// - The same input gives the same bytes, whatever the number of threads and the other sequences of the call; with
///   STRAND_INT8, the default, on every processor.
#ifndef STRAND_H
#define STRAND_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if !defined(__clang__)
#define _Nonnull
#define _Nullable
#endif

/// The version of this interface. It grows when what is declared here changes; compare it with `strand_interface_version`.
#define STRAND_INTERFACE_VERSION 1

/// The version of this interface that the library has.
int strand_interface_version(void);

/// The version of the library, such as "0.2.0"; it need not be freed.
const char *_Nonnull strand_version(void);

// ---- Errors

typedef enum strand_status {
    STRAND_OK = 0,
    /// An argument is out of range, or does not fit the model.
    STRAND_BAD_ARGUMENT = 1,
    /// A file cannot be read, or its contents are not as they should be; so are residues, features or strokes.
    STRAND_BAD_INPUT = 2,
    /// A file is not a model, is damaged, or is of another kind or version.
    STRAND_BAD_MODEL = 3,
} strand_status;

/// What went wrong: file, line and record where there are any, what is wrong, and what to do. The middle of a text that does
/// not fit is left out.
typedef struct strand_error {
    strand_status status;
    char text[1020];
} strand_error;

// ---- Models

/// A model ready to run, with threads of its own.
typedef struct strand_model strand_model;

/// How products are computed.
typedef enum strand_precision {
    /// 8 bits: the fastest, and the same bytes on every processor.
    STRAND_INT8 = 0,
    STRAND_FP32 = 1,
    /// bfloat16, where the processor multiplies it; else 32 bits.
    STRAND_BF16 = 2,
} strand_precision;

/// Opens a model that comes with Strand:
///
/// "structure"  secondary structure from the sequence alone
/// "profile"    secondary structure from profiles; a chain without one is labelled by "structure"
/// "disorder"   D where a crystal shows no coordinates, O where it does
/// "ink"        text of pen strokes: English, printable ASCII
///
/// - threads: how many compute; 0: as many as there are processors that this process may use.
/// - model: takes the model, which `strand_model_close` frees; NULL after an error.
strand_status strand_model_open_shipped(
    const char *_Nonnull name, int threads, strand_precision precision, strand_model *_Nullable *_Nonnull model,
    strand_error *_Nullable error);

/// Opens a model file, as `strand train` writes it.
strand_status strand_model_open(
    const char *_Nonnull path, int threads, strand_precision precision, strand_model *_Nullable *_Nonnull model,
    strand_error *_Nullable error);

/// Frees a model when no call uses it any more.
void strand_model_close(strand_model *_Nullable model);

/// What a model is. The texts stay as long as the model.
typedef struct strand_model_info {
    /// "protein" or "ink".
    const char *_Nonnull task;
    const char *_Nonnull name;
    /// Labels of residues in the order of probabilities; of ink, the characters that can be read.
    const char *_Nonnull labels;
    /// K: how many labels; of ink, how many characters.
    int label_count;
    /// Whether the labels are the eight states of DSSP, which reduce to three.
    int has_three_states;
    /// D: numbers of each residue that `strand_label` takes beside the letter; 0: none.
    int feature_count;
    /// Whether these are a profile: see `strand_chains`.
    int features_are_profile;
    /// SHA-256 of the model's file, in hexadecimal.
    const char *_Nonnull sha256;
    /// What results depend on beside the model: "int8", or another arithmetic if it was asked for.
    const char *_Nonnull arithmetic;
    /// Threads that compute.
    int threads;
} strand_model_info;

strand_model_info strand_model_describe(const strand_model *_Nonnull model);

// ---- Proteins

/// Chains of residues.
typedef struct strand_chains {
    size_t count;
    /// Letters of either case; those other than the 20 amino acids, and `*`, are taken as unknown. Anything else is an error,
    /// and so is a chain without residues.
    const char *_Nullable residues;
    /// (count + 1)
    const int64_t *_Nullable offsets;
    /// (residues of all chains, D): what is known of each residue, in the order of the residues; NULL: nothing. Of a profile the
    /// 20 frequencies of ACDEFGHIKLMNPQRSTVWY, which add up to 1 or are all 0, and the share of gaps: D = 21.
    const float *_Nullable features;
    /// (count): 0 for a chain without features, whose rows are not read; NULL: all chains have them, if there are any, and
    /// a profile that shows no second sequence counts as none.
    const uint8_t *_Nullable has_features;
} strand_chains;

/// Labels residues.
///
/// - states: 3 or 8 for secondary structure (H, E, C are the sums of HGI, EB, TSC), 0 for the model's own labels. Letters and
///   order of the columns: "HEC"; with 8 or 0, the model's labels.
/// - labels: takes a letter for each residue, N in all; may be NULL.
/// - probabilities: takes (N, K) numbers, K = 3, 8 or the model's; may be NULL.
strand_status strand_label(
    const strand_model *_Nonnull model, const strand_chains *_Nonnull chains, int states, char *_Nullable labels,
    float *_Nullable probabilities, strand_error *_Nullable error);

/// A reader of records.
typedef struct strand_records strand_records;

/// What a file holds.
typedef enum strand_records_kind {
    /// FASTA, or labelled FASTA without its labels.
    STRAND_FASTA = 0,
    /// The same with the gaps - and . removed; else they are errors.
    STRAND_FASTA_UNGAPPED = 1,
    /// Alignments (A3M, A2M, aligned FASTA, Stockholm, Clustal), HMMs (.hhm, HMMER's .hmm), tables of scores: the chain
    /// that each is of, with its profile.
    STRAND_ALIGNMENTS = 2,
} strand_records_kind;

/// Opens a file, plain or gzip, or "-" for standard input, which is read as `strand_records_next` wants it: a missing file is
/// an error of that call.
strand_records *_Nonnull strand_records_open(const char *_Nonnull path, strand_records_kind kind);
void strand_records_close(strand_records *_Nullable records);

/// Records as they were read. Everything stays as it is until the next call for the same reader.
typedef struct strand_batch {
    /// The chains, with a profile each if the file holds alignments. None: there are no more.
    strand_chains chains;
    /// The headers without their `>`, byte for byte, one after another.
    const char *_Nullable headers;
    /// (count + 1)
    const int64_t *_Nullable header_offsets;
} strand_batch;

/// Reads records until they have `residues` residues or more, or there are no more; SIZE_MAX: all.
strand_status strand_records_next(
    strand_records *_Nonnull records, size_t residues, strand_batch *_Nonnull batch, strand_error *_Nullable error);

/// What was changed in the records so far, in words; "" if nothing was. Stays until the next call for the same reader.
const char *_Nonnull strand_records_repairs(strand_records *_Nonnull records);

// ---- Pen strokes

/// Pieces of handwriting, each a word, a line or a page.
typedef struct strand_ink {
    size_t count;
    /// (count + 1): sample k is the strokes from strokes[k] up to strokes[k + 1].
    const int64_t *_Nonnull strokes;
    /// (strokes + 1): stroke s is the points from points[s] up to points[s + 1].
    const int64_t *_Nonnull points;
    /// (points, columns): x to the right and y downwards, in any unit; with three columns, milliseconds, NaN where unknown.
    const double *_Nullable coordinates;
    /// 2 or 3.
    int columns;
} strand_ink;

/// How probabilities become text. All zero: the most probable path.
typedef struct strand_decoding {
    /// Texts kept while searching; 0: as many as are wanted, 16 with the language model.
    int beam;
    /// Texts wanted of each sample; 0: one.
    int alternatives;
    /// Whether to use the language model that comes with Strand: English.
    int language_model;
    /// The only characters that a text may have; NULL: all.
    const char *_Nullable only;
} strand_decoding;

/// Consecutive points of a stroke of a sample, counted from 0.
typedef struct strand_piece {
    int64_t stroke, first_point, last_point;
} strand_piece;

/// A character and its ink.
typedef struct strand_character {
    const char *_Nonnull text;
    /// The largest that the network gives it along its ink.
    double probability;
    /// Milliseconds; NaN where the points have no times.
    double start, end;
    size_t piece_count;
    const strand_piece *_Nullable pieces;
} strand_character;

typedef struct strand_alternative {
    const char *_Nonnull text;
    double probability;
} strand_alternative;

/// What a sample says. Lines are separated by line feeds, which are no characters.
typedef struct strand_reading {
    const char *_Nonnull text;
    double probability;
    size_t character_count;
    const strand_character *_Nullable characters;
    /// The most probable texts, `text` first.
    size_t alternative_count;
    const strand_alternative *_Nullable alternatives;
} strand_reading;

/// The readings of samples, which `strand_readings_free` frees with all that they hold.
typedef struct strand_readings {
    size_t count;
    const strand_reading *_Nullable readings;
} strand_readings;

/// Reads ink.
///
/// - decoding: NULL for the most probable path.
/// - readings: takes a reading for each sample; NULL after an error.
strand_status strand_read(
    const strand_model *_Nonnull model, const strand_ink *_Nonnull ink, const strand_decoding *_Nullable decoding,
    const strand_readings *_Nullable *_Nonnull readings, strand_error *_Nullable error);

void strand_readings_free(const strand_readings *_Nullable readings);

#ifdef __cplusplus
}
#endif

#endif
