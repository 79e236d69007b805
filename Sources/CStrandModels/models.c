#include "CStrandModels.h"

static const unsigned char protein[] = {
#embed "../../data/models/protein.safetensors"
};
const unsigned char *const strand_protein_model = protein;
const long strand_protein_model_size = sizeof(protein);

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
