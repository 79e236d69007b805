#include "CStrandModels.h"

static const unsigned char protein[] = {
#embed "../../data/models/protein.safetensors"
};
const unsigned char *const strand_protein_model = protein;
const long strand_protein_model_size = sizeof(protein);

static const unsigned char disorder[] = {
#embed "../../data/models/disorder.safetensors"
};
const unsigned char *const strand_disorder_model = disorder;
const long strand_disorder_model_size = sizeof(disorder);

static const unsigned char profile[] = {
#embed "../../data/models/protein-profile.safetensors"
};
const unsigned char *const strand_profile_model = profile;
const long strand_profile_model_size = sizeof(profile);

static const unsigned char ink[] = {
#embed "../../data/models/ink.safetensors"
};
const unsigned char *const strand_ink_model = ink;
const long strand_ink_model_size = sizeof(ink);

static const unsigned char english[] = {
#embed "../../data/models/english.safetensors"
};
const unsigned char *const strand_english_model = english;
const long strand_english_model_size = sizeof(english);

static const unsigned char published[] = {
#embed "../../data/published.json"
};
const unsigned char *const strand_published_figures = published;
const long strand_published_figures_size = sizeof(published);
