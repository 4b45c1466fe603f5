"""What the numbers on a run's page mean: a phrase for each name that is not plain by itself."""

MEANINGS = {
    "agreement": "how often the prompt explains the result better to the prior than another name; 0.5 is chance",
    "agreements": "the same of each particle",
    "coverage": "mean opacity of the training pictures; near 0 they are empty, near 1 fog fills them",
    "saturation": "of the colors, 0 is grey and 1 is pure",
    "gradient": "its length, before it is cut to optim.clip",
    "silhouette iou": "overlap of the file's and the run's silhouettes, over both; 1 is the same",
    "color error": "mean difference of the file's pictures and the run's, of 1",
    "file error": "as color error, of Gaussians",
    "samples alike": "how alike the prior's samples of the prompt are, of 1; a low number is an uncertain prior",
    "seeds tried": "seeds begun, as candidates or after a run died",
    "mesh: threshold": "optical depth of the field where the surface was taken; 0 of an optimized mesh",
    "mesh: blur": "of the logarithm of that depth, in voxels",
    "mesh: iou": "as silhouette iou",
    "mesh: dropped": "small loose parts that were left out",
    "mesh: unwrap": "what laid the surface out on the texture",
    "mesh: gutter": "pixels between the texture's parts",
}
