#!/usr/bin/env cwl-runner
cwlVersion: v1.2
class: CommandLineTool
id: strand-label
label: Secondary structure of proteins
doc: |
  Labels every residue of protein sequences with its secondary structure: helix, strand or coil, or the eight states of
  DSSP. The model is inside the program. Records come out in the order of the input, with their headers as they came; the
  bytes do not depend on the number of cores.

baseCommand: [strand, label]

hints:
  SoftwareRequirement:
    packages:
      strand:
        version: ["0.2.0"]
  ResourceRequirement:
    coresMin: 2
    ramMin: 1024

arguments:
  - prefix: --threads
    valueFrom: $(runtime.cores)

inputs:
  sequences:
    type: File[]
    # No `format`: with one, runners refuse every file whose format the job does not say.
    doc: FASTA files, plain or gzip. With `alignments`, an alignment or profile of a chain each.
    inputBinding:
      position: 1
  output_name:
    type: string
    default: labels.ss
    doc: Name of the output. A name ending in `.gz` is compressed.
    inputBinding:
      prefix: --output
  output_format:
    type:
      type: enum
      symbols: [fasta, blocks, tsv, jsonl, ss2, horiz, netsurfp, gff3, bed, stockholm, jalview, jalview-features]
    default: fasta
    doc: Format of the output. `fasta` is labelled FASTA, three lines a record.
    inputBinding:
      prefix: --format
  states:
    type: int
    default: 3
    doc: 3 for helix, strand and coil, 8 for the states of DSSP
    inputBinding:
      prefix: --states
  task:
    type:
      - "null"
      - type: enum
        symbols: [structure, disorder, profile]
    doc: The model inside the program. Without it, that of structure.
    inputBinding:
      prefix: --task
  alignments:
    type: boolean
    default: false
    doc: The files are alignments (A3M, Stockholm and others) or profiles.
    inputBinding:
      prefix: --alignments
  on_error:
    type:
      type: enum
      symbols: [stop, skip]
    default: stop
    doc: On a record that cannot be read, stop, or skip it and note it in `rejects`
    inputBinding:
      prefix: --on-error

outputs:
  labels:
    type: File
    outputBinding:
      glob: $(inputs.output_name)
  rejects:
    type: File?
    doc: The records that were skipped, with `on_error` of skip
    outputBinding:
      glob: $(inputs.output_name).rejects.tsv

# 3: done, with records left out, as asked for by `on_error`.
successCodes: [0, 3]
