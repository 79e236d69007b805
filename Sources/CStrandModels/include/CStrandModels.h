/// The models and published figures that come with the program, as the bytes of their files.
#ifndef CSTRANDMODELS_H
#define CSTRANDMODELS_H

extern const unsigned char *const strand_protein_model;
extern const long strand_protein_model_size;

extern const unsigned char *const strand_disorder_model;
extern const long strand_disorder_model_size;

extern const unsigned char *const strand_profile_model;
extern const long strand_profile_model_size;

extern const unsigned char *const strand_ink_model;
extern const long strand_ink_model_size;

extern const unsigned char *const strand_english_model;
extern const long strand_english_model_size;

extern const unsigned char *const strand_published_figures;
extern const long strand_published_figures_size;

#endif
