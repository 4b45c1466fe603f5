// A GLB in a canvas: WebGL 2, no library, nothing fetched. Reads what dreamgen.formats.glb writes: one mesh, one
// embedded picture. What it shows comes from the very bytes of asset.glb, so it is also a second opinion on them.
//
//   drag or arrow keys: orbit      wheel, pinch, + and -: zoom      double click or 0: back to the start

"use strict";

const FIELD_OF_VIEW = 40 * Math.PI / 180;       // vertical, as the training cameras'
const SAMPLERS = { filter: 9729, mipmaps: 9987, clamp: 33071 };

const VERTEX = `#version 300 es
in vec3 POSITION, NORMAL, COLOR_0;
in vec2 TEXCOORD_0;
uniform mat4 project, view;
out vec3 normal, color;
out vec2 uv;
void main() {
  normal = mat3(view) * NORMAL;
  color = COLOR_0;
  uv = TEXCOORD_0;
  gl_Position = project * view * vec4(POSITION, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec3 normal, color;
in vec2 uv;
uniform sampler2D base;                         // sRGB, linear when read
uniform float shade;                            // 0: the texture as it is, 1: lit from above the viewer's left shoulder
out vec4 pixel;
void main() {
  float lambert = max(dot(normalize(normal), normalize(vec3(-0.4, 0.6, 0.7))), 0.0);
  vec3 c = texture(base, uv).rgb * color * mix(1.0, 0.25 + 0.85 * lambert, shade);
  pixel = vec4(mix(12.92 * c, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c)), 1.0);
}`;

// ---- the file

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
    const kind = { 5125: Uint32Array, 5126: Float32Array }[componentType];
    const width = { SCALAR: 1, VEC2: 2, VEC3: 3 }[type];
    return new kind(binary.buffer, view(bufferView).byteOffset + byteOffset, count * width);
  };
  const primitive = tree.meshes[0].primitives[0];
  const attributes = {};
  for (const [name, index] of Object.entries(primitive.attributes)) attributes[name] = accessor(index);
  const image = tree.images && new Blob([view(tree.images[0].bufferView)], { type: tree.images[0].mimeType });
  return { attributes, indices: accessor(primitive.indices), image };
}

// ---- the graphics card

function compile(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
  return program;
}

function upload(gl, program, mesh) {
  for (const [name, width] of [["POSITION", 3], ["NORMAL", 3], ["TEXCOORD_0", 2], ["COLOR_0", 3]]) {
    const place = gl.getAttribLocation(program, name);
    if (mesh.attributes[name]) {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, mesh.attributes[name], gl.STATIC_DRAW);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, width, gl.FLOAT, false, 0, 0);
    } else {
      gl.vertexAttrib3f(place, 1, 1, 1);
    }
  }
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.indices, gl.STATIC_DRAW);
}

async function uploadTexture(gl, blob) {
  const white = new ImageData(new Uint8ClampedArray([255, 255, 255, 255]), 1, 1);
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
  const picture = blob ? await createImageBitmap(blob, options) : white;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.SRGB8_ALPHA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, SAMPLERS.filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, SAMPLERS.mipmaps);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, SAMPLERS.clamp);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, SAMPLERS.clamp);
}

// ---- the camera: on a sphere around the mesh's middle, +y up, column-major matrices as WebGL wants them

function bounds(positions) {
  const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3], value);
    high[i % 3] = Math.max(high[i % 3], value);
  });
  const middle = low.map((value, axis) => (value + high[axis]) / 2);
  return { middle, radius: Math.hypot(...low.map((value, axis) => high[axis] - value)) / 2 || 1 };
}

function viewMatrix({ azimuth, elevation, distance }, middle) {
  const [sa, ca, se, ce] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)];
  const rows = [[ca, 0, -sa], [-sa * se, ce, -ca * se], [sa * ce, se, ca * ce]];          // right, up, back
  const shift = rows.map((row) => -row.reduce((sum, value, axis) => sum + value * middle[axis], 0));
  const column = (axis) => [...rows.map((row) => row[axis]), 0];
  return new Float32Array([...column(0), ...column(1), ...column(2), shift[0], shift[1], shift[2] - distance, 1]);
}

function projectMatrix(aspect, near, far) {
  const f = 1 / Math.tan(FIELD_OF_VIEW / 2) * Math.min(aspect, 1);      // a tall canvas keeps the width in view
  const [a, b] = [(near + far) / (near - far), 2 * near * far / (near - far)];
  return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, a, -1, 0, 0, b, 0]);
}

// ---- the hand

function control(canvas, orbit, home, redraw) {
  const pointers = new Map();
  const turn = (dx, dy) => {
    orbit.azimuth -= dx;
    orbit.elevation = Math.max(-1.55, Math.min(1.55, orbit.elevation + dy));
    redraw();
  };
  const zoom = (factor) => {
    orbit.distance = Math.max(home.distance * 0.3, Math.min(home.distance * 5, orbit.distance * factor));
    redraw();
  };
  const reset = () => { Object.assign(orbit, home); redraw(); };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y) || 1;
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const before = pointers.size === 2 ? spread() : 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size === 1) turn((event.clientX - last.x) * 0.01, (event.clientY - last.y) * 0.01);
    if (pointers.size === 2) zoom(before / spread());
  });
  const lift = (event) => pointers.delete(event.pointerId);
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  const wheel = (event) => { event.preventDefault(); zoom(Math.exp(event.deltaY * 0.001)); };
  canvas.addEventListener("wheel", wheel, { passive: false });
  canvas.addEventListener("dblclick", reset);
  const keys = { ArrowLeft: () => turn(-0.1, 0), ArrowRight: () => turn(0.1, 0), ArrowUp: () => turn(0, -0.1),
                 ArrowDown: () => turn(0, 0.1), "+": () => zoom(0.9), "-": () => zoom(1 / 0.9), "0": reset };
  canvas.addEventListener("keydown", (event) => {
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
}

// ---- all of it

async function show(canvas, bytes, shading) {
  const gl = canvas.getContext("webgl2", { antialias: true });
  if (!gl) throw new Error("this browser has no WebGL 2; asset.glb lies beside this page");
  const mesh = parseGLB(bytes);
  const { middle, radius } = bounds(mesh.attributes.POSITION);
  const program = compile(gl);
  upload(gl, program, mesh);
  await uploadTexture(gl, mesh.image);
  gl.useProgram(program);
  gl.enable(gl.DEPTH_TEST);
  gl.enable(gl.CULL_FACE);                      // one-sided, as the file says: an inside-out mesh shows as one

  const home = { azimuth: 0.5, elevation: 0.25, distance: radius / Math.sin(FIELD_OF_VIEW / 2) };
  const orbit = { ...home };
  const uniform = (name) => gl.getUniformLocation(program, name);
  let asked = false;
  const draw = () => {
    asked = false;
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const near = Math.max(orbit.distance - 1.1 * radius, 0.01 * radius);
    const far = orbit.distance + 1.1 * radius;
    gl.uniformMatrix4fv(uniform("project"), false, projectMatrix(canvas.width / canvas.height, near, far));
    gl.uniformMatrix4fv(uniform("view"), false, viewMatrix(orbit, middle));
    gl.uniform1f(uniform("shade"), shading.checked ? 1 : 0);
    gl.drawElements(gl.TRIANGLES, mesh.indices.length, gl.UNSIGNED_INT, 0);
  };
  const redraw = () => { if (!asked) { asked = true; requestAnimationFrame(draw); } };
  const resize = () => {
    canvas.width = Math.max(Math.round(canvas.clientWidth * devicePixelRatio), 1);
    canvas.height = Math.max(Math.round(canvas.clientHeight * devicePixelRatio), 1);
    gl.viewport(0, 0, canvas.width, canvas.height);
    draw();                                     // at once: a canvas whose size was set is blank
  };
  control(canvas, orbit, home, redraw);
  shading.addEventListener("change", redraw);
  new ResizeObserver(resize).observe(canvas);
  resize();
}

const canvas = document.getElementById("viewer");
if (canvas) {
  const bytes = Uint8Array.from(atob(document.getElementById("glb").textContent), (c) => c.charCodeAt(0));
  const say = (text) => { document.getElementById("viewer-says").textContent = text; };
  show(canvas, bytes, document.getElementById("shading"))
    .then(() => { canvas.dataset.state = "drawn"; }, (error) => say(error.message));
}
