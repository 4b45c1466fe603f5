// Gaussians in WebGL 2, as renderers/ops/splat defines them: a square of two triangles each, farthest first.
//
//   Sigma' = J W Sigma W^T J^T + 0.3 I,   o' = o sqrt(det before / det after),   alpha = fade(min(0.99, o' exp(-d^T Sigma'^-1 d / 2)))
//
// They are sorted by depth in a worker, by counting in 65536 steps, whenever the camera has turned. What is drawn is
// summed in half floats where the graphics card can: eight bits lose faint ones that lie on each other.

const TEXELS = 4, ACROSS = 512;                 // of a Gaussian, and Gaussians along a row of the texture

const SPLAT_VERTEX = `#version 300 es
precision highp float;
precision highp sampler2D;
in uint which;
uniform sampler2D table;                        // (x y z opacity), (xx xy xz yy), (yz zz - -), (r g b -)
uniform mat4 view;
uniform vec2 focal, size;                       // pixels
out vec2 d;
out vec4 color;
vec4 read(int k) {
  int i = int(which);
  return texelFetch(table, ivec2((i % ${ACROSS}) * ${TEXELS} + k, i / ${ACROSS}), 0);
}
void main() {
  vec4 at = read(0), upper = read(1), lower = read(2);
  vec3 t = (view * vec4(at.xyz, 1.0)).xyz;
  float z = -t.z;
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (z < 0.01) return;
  mat3 S = mat3(upper.x, upper.y, upper.z, upper.y, upper.w, lower.x, upper.z, lower.x, lower.y);
  vec2 edge = 1.3 * 0.5 * size / focal, near = clamp(t.xy / z, -edge, edge);
  mat3 W = mat3(view);
  vec3 right = vec3(W[0][0], W[1][0], W[2][0]), up = vec3(W[0][1], W[1][1], W[2][1]), back = vec3(W[0][2], W[1][2], W[2][2]);
  vec3 jx = focal.x / z * (right + near.x * back), jy = focal.y / z * (up + near.y * back);
  float a = dot(jx, S * jx), b = dot(jx, S * jy), c = dot(jy, S * jy), before = max(a * c - b * b, 0.0);
  a += 0.3; c += 0.3;
  float det = a * c - b * b, opacity = at.w * max(sqrt(before / det), 0.005);
  if (opacity * 255.0 < 1.0) return;
  float mean = 0.5 * (a + c), apart = sqrt(max(mean * mean - det, 0.0)), reach = sqrt(2.0 * log(255.0 * opacity));
  vec2 axis = abs(b) > 1e-6 ? normalize(vec2(b, mean + apart - a)) : (a >= c ? vec2(1.0, 0.0) : vec2(0.0, 1.0));
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  d = corner * reach;
  vec2 pixels = axis * d.x * sqrt(mean + apart) + vec2(-axis.y, axis.x) * d.y * sqrt(max(mean - apart, 1e-4));
  color = vec4(read(3).rgb, opacity);
  gl_Position = vec4((focal * t.xy / z + pixels) / (0.5 * size), 0.0, 1.0);
}`;

const SPLAT_FRAGMENT = `#version 300 es
precision highp float;
in vec2 d;
in vec4 color;
out vec4 pixel;
void main() {
  float alpha = min(0.99, color.a * exp(-0.5 * dot(d, d)));
  alpha *= clamp(255.0 * alpha - 1.0, 0.0, 1.0);
  if (alpha <= 0.0) discard;
  pixel = vec4(color.rgb * alpha, alpha);
}`;

const COPY_VERTEX = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`;

const COPY_FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D sum;
out vec4 pixel;
void main() { pixel = texelFetch(sum, ivec2(gl_FragCoord.xy), 0); }`;

// The worker: positions once, then for every row of the view matrix that gives depth, the order from the farthest on.
function sorter() {
  let positions, depth, bins, order;
  onmessage = ({ data }) => {
    if (data.positions) {
      positions = data.positions;
      [depth, bins] = [new Float32Array(positions.length / 3), new Uint32Array(positions.length / 3)];
      return;
    }
    const [x, y, z] = data.back, count = new Uint32Array(65537);
    let low = Infinity, high = -Infinity;
    for (let i = 0; i < depth.length; i++) {
      depth[i] = x * positions[3 * i] + y * positions[3 * i + 1] + z * positions[3 * i + 2];      // towards the viewer
      low = Math.min(low, depth[i]);
      high = Math.max(high, depth[i]);
    }
    const scale = 65535 / Math.max(high - low, 1e-30);
    for (let i = 0; i < depth.length; i++) {
      bins[i] = (depth[i] - low) * scale;       // a whole number only once it lies in bins
      count[bins[i] + 1]++;
    }
    for (let k = 0; k < 65536; k++) count[k + 1] += count[k];
    order = new Uint32Array(depth.length);
    for (let i = 0; i < depth.length; i++) order[count[bins[i]]++] = i;
    postMessage({ order }, [order.buffer]);
  };
}

function splatTable({ POSITION, ROTATION, SCALE, OPACITY, SH_DEGREE_0_COEF_0 }) {
  const count = OPACITY.length, rows = Math.ceil(count / ACROSS), table = new Float32Array(ACROSS * rows * TEXELS * 4);
  for (let i = 0; i < count; i++) {
    const [x, y, z, w] = ROTATION.subarray(4 * i, 4 * i + 4), [a, b, c] = SCALE.subarray(3 * i, 3 * i + 3);
    const R = [[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
               [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
               [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]];
    const S = (r, s) => R[r][0] * R[s][0] * a * a + R[r][1] * R[s][1] * b * b + R[r][2] * R[s][2] * c * c;
    const rgb = [...SH_DEGREE_0_COEF_0.subarray(3 * i, 3 * i + 3)].map((f) => Math.max(0, Math.min(1, 0.5 + 0.28209479177387814 * f)));
    table.set([...POSITION.subarray(3 * i, 3 * i + 3), OPACITY[i], S(0, 0), S(0, 1), S(0, 2), S(1, 1), S(1, 2), S(2, 2), 0, 0,
               ...rgb, 0], i * TEXELS * 4);
  }
  return { table, rows, count };
}

// ``draw(view, [width, height])`` of what is sorted; ``sort(view)`` asks for another order, of which ``sorted()`` tells.
function splatDrawer(gl, attributes, sorted) {
  const { table, rows, count } = splatTable(attributes);
  const program = compile(gl, SPLAT_VERTEX, SPLAT_FRAGMENT), copy = compile(gl, COPY_VERTEX, COPY_FRAGMENT);
  const textures = [gl.createTexture(), gl.createTexture()], frame = gl.createFramebuffer(), array = gl.createVertexArray();
  const buffer = gl.createBuffer(), place = gl.getAttribLocation(program, "which");
  const half = gl.getExtension("EXT_color_buffer_half_float") || gl.getExtension("EXT_color_buffer_float");
  const nearest = () => {
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  };
  gl.bindTexture(gl.TEXTURE_2D, textures[0]);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, ACROSS * TEXELS, rows, 0, gl.RGBA, gl.FLOAT, table);
  nearest();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, 4 * count, gl.DYNAMIC_DRAW);
  gl.enableVertexAttribArray(place);
  gl.vertexAttribIPointer(place, 1, gl.UNSIGNED_INT, 0, 0);
  gl.vertexAttribDivisor(place, 1);
  gl.bindVertexArray(null);

  const worker = new Worker(URL.createObjectURL(new Blob([`(${sorter})()`], { type: "text/javascript" })));
  let busy = false, wanted = null, asked = "", ready = 0, sized = "";
  const ask = (back) => {
    if (busy) { wanted = back; return; }
    [busy, wanted] = [true, null];
    worker.postMessage({ back });
  };
  const sort = (view) => {
    const back = [view[2], view[6], view[10]];
    if (asked !== back.join()) ask(back);
    asked = back.join();
  };
  worker.postMessage({ positions: attributes.POSITION });
  worker.onmessage = ({ data }) => {
    busy = false;
    ready = count;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, data.order);
    if (wanted) ask(wanted);
    sorted(!busy);
  };

  const into = (width, height) => {               // a picture of half floats of the canvas's size
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, textures[1]);
    if (sized !== `${width} ${height}`) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16F, width, height, 0, gl.RGBA, gl.HALF_FLOAT, null);
      nearest();
      sized = `${width} ${height}`;
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, textures[1], 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
  };
  const draw = (view, [width, height]) => {
    if (half) into(width, height);
    gl.useProgram(program);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, textures[0]);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const focal = 0.5 * Math.min(width, height) / Math.tan(FIELD_OF_VIEW / 2);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "view"), false, view);
    gl.uniform2f(gl.getUniformLocation(program, "focal"), focal, focal);
    gl.uniform2f(gl.getUniformLocation(program, "size"), width, height);
    gl.bindVertexArray(array);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, ready);
    gl.bindVertexArray(null);
    if (!half) return;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.useProgram(copy);
    gl.bindTexture(gl.TEXTURE_2D, textures[1]);
    gl.disable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };
  return { draw, sort };
}
