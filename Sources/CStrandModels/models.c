#include "CStrandModels.h"

static const unsigned char protein[] = {
#embed "../../data/models/protein.safetensors"
};
const unsigned char *const strand_protein_model = protein;
const long strand_protein_model_size = sizeof(protein);
