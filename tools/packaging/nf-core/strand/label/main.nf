process STRAND_LABEL {
    tag "${meta.id}"
    label 'process_low'

    conda "${moduleDir}/environment.yml"
    container 'biocontainers/strand:0.2.0--h9ee0642_0'

    input:
    tuple val(meta), path(fasta)

    output:
    tuple val(meta), path("${prefix}"), emit: preds
    tuple val("${task.process}"), val('strand'), eval('strand --version'), topic: versions, emit: versions_strand

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix   = task.ext.prefix ?: "${meta.id}"
    // Of an option that is given twice the second counts: `ext.args` may name another format.
    """
    strand label \\
        --threads ${task.cpus} \\
        --format ss2 \\
        --output-dir '${prefix}' \\
        ${args} \\
        ${fasta}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p '${prefix}'
    touch '${prefix}/test.ss2'
    """
}
