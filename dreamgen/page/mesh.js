// A mesh with materials under one light and a sky, in WebGL 2.
//
//   seen = base (1 - metal) (E n.l / pi + A(n)) + F D V E n.l + (F0 a + b) A(r) + glow
//
// D is GGX, V Smith's term for it, F Schlick's (glTF 2.0, appendix B.3); a and b are Karis's fit of the split sum's table
// (2014); A is a sky that is brighter above, E = 0.85 pi of the light. Without "shading" the base color is shown as it is.

const SKY = 0.4, GROUND = 0.1, SUN = 0.85;      // of A above and below, of E / pi

const MESH_VERTEX = `#version 300 es
in vec3 POSITION, NORMAL, COLOR_0;
in vec2 TEXCOORD_0;
uniform mat4 project, view;
out vec3 normal, color, place;
out vec2 uv;
void main() {
  vec4 at = view * vec4(POSITION, 1.0);
  place = at.xyz;
  normal = mat3(view) * NORMAL;
  color = COLOR_0;
  uv = TEXCOORD_0;
  gl_Position = project * at;
}`;

const MESH_FRAGMENT = `#version 300 es
precision highp float;
in vec3 normal, color, place;
in vec2 uv;
uniform sampler2D base, surface, bumps, glow;   // base and glow are sRGB, linear when read
uniform vec4 factor;
uniform vec3 emissive, light;                   // light: towards it, in the camera's axes
uniform vec2 rough_metal;
uniform float shade, cutoff, bump, up;          // up: of the camera, towards the sky
out vec4 pixel;

const float PI = 3.14159265;

float sky(vec3 d, float blur) {
  float height = dot(d, vec3(0.0, cos(up), sin(up)));
  return mix(${GROUND}, ${SKY}, smoothstep(-0.1 - blur, 0.1 + blur, height));
}

vec3 bumped(vec3 n) {                           // the frame from the derivatives of place and uv (Schueler 2013)
  vec3 c = (texture(bumps, uv).xyz * 2.0 - 1.0) * vec3(bump, bump, 1.0);
  vec3 dx = dFdx(place), dy = dFdy(place), across = cross(dy, n), along = cross(n, dx);
  vec2 ux = dFdx(uv), uy = dFdy(uv);
  vec3 t = across * ux.x + along * uy.x, b = across * ux.y + along * uy.y;
  float size = max(dot(t, t), dot(b, b));
  return size > 0.0 ? normalize((t * c.x - b * c.y) * inversesqrt(size) + n * c.z) : n;     // v grows downwards
}

vec3 lit(vec3 color, vec3 n) {
  vec2 rm = rough_metal * texture(surface, uv).gb;
  float alpha = max(rm.x * rm.x, 0.002), metal = rm.y;
  vec3 v = normalize(-place), h = normalize(v + light), f0 = mix(vec3(0.04), color, metal);
  float nl = max(dot(n, light), 0.0), nv = max(dot(n, v), 1e-4), nh = max(dot(n, h), 0.0), vh = max(dot(v, h), 0.0);
  float a2 = alpha * alpha, d = nh * nh * (a2 - 1.0) + 1.0;
  float smith = 0.5 / max(nl * sqrt(a2 + (1.0 - a2) * nv * nv) + nv * sqrt(a2 + (1.0 - a2) * nl * nl), 1e-6);
  vec3 fresnel = f0 + (1.0 - f0) * pow(1.0 - vh, 5.0);
  vec4 r = rm.x * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
  float a004 = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
  vec3 split = f0 * (-1.04 * a004 + r.z) + 1.04 * a004 + r.w;
  vec3 matte = color * (1.0 - metal);
  return matte * (${SUN} * nl * (1.0 - fresnel) + sky(n, 0.9)) + fresnel * (${SUN} * PI * nl * a2 / (PI * d * d) * smith)
       + split * sky(reflect(-v, n), rm.x);
}

void main() {
  vec4 texel = texture(base, uv) * factor;
  if (texel.a < cutoff) discard;
  vec3 n = bumped(normalize(gl_FrontFacing ? normal : -normal)), c = texel.rgb * color;
  c = mix(c, lit(c, n), shade) + emissive * texture(glow, uv).rgb;
  c = clamp(c, 0.0, 1.0);
  pixel = vec4(mix(12.92 * c, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c)), 1.0);
}`;

const LINEAR = 9729, MIPMAPS = 9987, REPEAT = 10497;
const PLAIN = { base: [255, 255, 255, 255], surface: [255, 255, 255, 255], bumps: [128, 128, 255, 255], glow: [255, 255, 255, 255] };

async function texture(gl, picture, name) {
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
  const pixels = picture ? await createImageBitmap(picture.blob, options) : new ImageData(new Uint8ClampedArray(PLAIN[name]), 1, 1);
  const made = gl.createTexture(), { magFilter, minFilter, wrapS, wrapT } = picture ? picture.sampler : {};
  gl.bindTexture(gl.TEXTURE_2D, made);
  const encoded = name === "base" || name === "glow";
  gl.texImage2D(gl.TEXTURE_2D, 0, encoded ? gl.SRGB8_ALPHA8 : gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, magFilter || LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, minFilter || MIPMAPS);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, wrapS || REPEAT);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, wrapT || REPEAT);
  return made;
}

function meshBuffers(gl, program, { attributes, indices }) {
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  for (const [name, width] of [["POSITION", 3], ["NORMAL", 3], ["TEXCOORD_0", 2], ["COLOR_0", 3]]) {
    const place = gl.getAttribLocation(program, name);
    if (attributes[name] && place >= 0) {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, attributes[name], gl.STATIC_DRAW);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, width, gl.FLOAT, false, 0, 0);
    } else if (place >= 0) {
      gl.vertexAttrib3f(place, 1, 1, 1);
    }
  }
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, Uint32Array.from(indices), gl.STATIC_DRAW);
  return array;
}

// ``draw(view, project, {shade, light, elevation})`` of all parts.
async function meshDrawer(gl, parts) {
  const program = compile(gl, MESH_VERTEX, MESH_FRAGMENT);
  const uniform = (name) => gl.getUniformLocation(program, name);
  const drawn = [];
  for (const part of parts) {
    const textures = [];
    for (const name of Object.keys(PLAIN)) textures.push(await texture(gl, part.material.pictures[name], name));
    drawn.push({ ...part, textures, array: meshBuffers(gl, program, part) });
  }
  return (view, project, { shade, light, elevation }) => {
    gl.useProgram(program);
    gl.enable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    gl.uniformMatrix4fv(uniform("project"), false, project);
    gl.uniformMatrix4fv(uniform("view"), false, view);
    gl.uniform3fv(uniform("light"), light);
    gl.uniform1f(uniform("shade"), shade);
    gl.uniform1f(uniform("up"), elevation);
    for (const { material, textures, array, indices } of drawn) {
      gl[material.doubleSided ? "disable" : "enable"](gl.CULL_FACE);      // one-sided: an inside-out mesh shows as one
      Object.keys(PLAIN).forEach((name, unit) => {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, textures[unit]);
        gl.uniform1i(uniform(name), unit);
      });
      gl.uniform4fv(uniform("factor"), material.color);
      gl.uniform3fv(uniform("emissive"), material.emissive);
      gl.uniform2f(uniform("rough_metal"), material.roughness, material.metallic);
      gl.uniform1f(uniform("cutoff"), material.cutoff);
      gl.uniform1f(uniform("bump"), material.normalScale);
      gl.bindVertexArray(array);
      gl.drawElements(gl.TRIANGLES, indices.length, gl.UNSIGNED_INT, 0);
    }
  };
}

// Whether anything depends on the light: else the colors are the picture, and are shown as they are.
const shiny = (parts) => parts.some(({ material: { pictures, metallic, roughness } }) =>
  pictures.surface || pictures.bumps || metallic > 0 || roughness < 1);
