"""What the numbers on a run's page mean: a phrase for each name that is not plain by itself."""

MEANINGS = {
    "agreement": "how often the prompt explains the result better to the prior than another name; 0.5 is chance",
    "agreements": "the same of each particle",
    "coverage": "mean opacity of the training pictures; near 0 they are empty, near 1 fog fills them",
    "saturation": "of the colors, 0 is grey and 1 is pure",
    "gradient": "length of the parameters' gradient; optim.clip is its limit in a step",
    "method.t": "noise level at which the prior was asked; 1 is pure noise",
    "silhouette iou": "overlap of the file's and the run's silhouettes, divided by their union; 1 is the same",
    "color error": "mean difference between the file's pictures and the run's, from 0 to 1",
    "file error": "as color error, of Gaussians",
    "samples alike": "how alike the prior's samples of the prompt are, from 0 to 1; low means that it is not sure",
    "seeds tried": "seeds begun, as candidates or after a run died",
    "mesh: threshold": "optical depth of the field where the surface was taken; 0 of an optimized mesh",
    "mesh: blur": "of the logarithm of that depth, in voxels",
    "mesh: iou": "as silhouette iou",
    "mesh: dropped": "small loose parts that were left out",
    "mesh: unwrap": "what laid the surface out on the texture",
    "mesh: gutter": "pixels between the texture's parts",
}
