// What dreamgen.formats.glb writes, read in the page: one mesh of one primitive a material, pictures in the file, and
// Gaussians by KHR_gaussian_splatting. What the page shows comes from the very bytes of asset.glb, so it is also a second
// opinion on them.

"use strict";

const SPLATS = "KHR_gaussian_splatting";
const ARRAYS = { 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array };
const WIDTHS = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 };

// {parts: [{attributes, indices, material}], splats: attributes or null}
function parseGLB(bytes) {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (words.getUint32(0, true) !== 0x46546c67) throw new Error("not a GLB");
  const length = words.getUint32(12, true);
  const tree = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length)));
  const binary = bytes.slice(28 + length);      // a copy, so that typed arrays on it are aligned
  const view = (index) => {
    const { byteOffset = 0, byteLength } = tree.bufferViews[index];
    return binary.subarray(byteOffset, byteOffset + byteLength);
  };
  const accessor = (index) => {
    const { bufferView, byteOffset = 0, count, type, componentType } = tree.accessors[index];
    return new ARRAYS[componentType](binary.buffer, view(bufferView).byteOffset + byteOffset, count * WIDTHS[type]);
  };
  const picture = (info) => {
    if (!info) return null;
    const { source, sampler } = tree.textures[info.index];
    const { bufferView, mimeType } = tree.images[source];
    const blob = new Blob([view(bufferView)], { type: mimeType });
    return { blob, sampler: (tree.samplers || [])[sampler] || {} };
  };
  const material = (index) => {
    const said = (tree.materials || [])[index] || {}, surface = said.pbrMetallicRoughness || {};
    return {
      color: surface.baseColorFactor || [1, 1, 1, 1], metallic: surface.metallicFactor ?? 1, roughness: surface.roughnessFactor ?? 1,
      emissive: said.emissiveFactor || [0, 0, 0], doubleSided: said.doubleSided || false,
      cutoff: said.alphaMode === "MASK" ? said.alphaCutoff ?? 0.5 : 0, normalScale: said.normalTexture?.scale ?? 1,
      pictures: { base: picture(surface.baseColorTexture), surface: picture(surface.metallicRoughnessTexture),
                  bumps: picture(said.normalTexture), glow: picture(said.emissiveTexture) },
    };
  };
  const parts = [];
  let splats = null;
  for (const primitive of tree.meshes.flatMap((mesh) => mesh.primitives)) {
    const attributes = {};
    for (const [name, index] of Object.entries(primitive.attributes)) attributes[name.replace(`${SPLATS}:`, "")] = accessor(index);
    if (primitive.extensions?.[SPLATS]) splats = attributes;
    else parts.push({ attributes, indices: accessor(primitive.indices), material: material(primitive.material) });
  }
  return { parts, splats };
}
