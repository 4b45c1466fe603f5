// The canvas of the page: asset.glb from where the hand puts the camera, lit from where it puts the light.

function compile(gl, ...sources) {
  const program = gl.createProgram();
  [gl.VERTEX_SHADER, gl.FRAGMENT_SHADER].forEach((kind, i) => {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, sources[i]);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  });
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(gl.getProgramInfoLog(program) || "a shader does not compile");
  }
  return program;
}

// Towards the light, in the camera's axes; 0, 0 is from the viewer.
const direction = ({ turn, height }) => [Math.sin(turn) * Math.cos(height), Math.sin(height), Math.cos(turn) * Math.cos(height)];

const LIGHT = { turn: -0.5, height: 0.7 };      // above the viewer's left shoulder
const TURN = 2 * Math.PI / 8;                   // radians a second, of a turntable

async function show(canvas, bytes, input) {
  const gl = canvas.getContext("webgl2", { antialias: true });
  if (!gl) throw new Error("this browser has no WebGL 2; asset.glb lies beside this page");
  const { parts, splats } = parseGLB(bytes);
  const all = splats ? splats.POSITION : parts.flatMap(({ attributes }) => [...attributes.POSITION]);
  const { middle, radius } = bounds(all), light = { ...LIGHT };
  const home = { azimuth: 0.5, elevation: 0.25, distance: radius / Math.sin(FIELD_OF_VIEW / 2) }, orbit = { ...home };

  let asked = false, before = 0;
  const redraw = () => { if (!asked) { asked = true; requestAnimationFrame(draw); } };
  const mesh = parts.length ? await meshDrawer(gl, parts) : null;
  const cloud = splats ? splatDrawer(gl, splats, (last) => { if (last) canvas.dataset.state = "drawn"; redraw(); }) : null;
  for (const [name, there] of [["shading", mesh], ["light-turn", mesh], ["light-height", mesh], ["gaussians", mesh && cloud]]) {
    input(name).parentElement.hidden = !there;
  }
  input("shading").checked = shiny(parts);

  const draw = (now) => {
    asked = false;
    if (input("turning").checked) {
      orbit.azimuth += before ? TURN * (now - before) / 1000 : 0;
      redraw();
    }
    before = now;
    const [width, height] = [canvas.width, canvas.height];
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const near = Math.max(orbit.distance - 1.1 * radius, 0.01 * radius);
    const view = viewMatrix(orbit, middle), project = projectMatrix(width / height, near, orbit.distance + 1.1 * radius);
    const shade = input("shading").checked ? 1 : 0;
    if (cloud && (!mesh || input("gaussians").checked)) {
      cloud.sort(view);
      cloud.draw(view, [width, height]);
    } else if (mesh) {
      mesh(view, project, { shade, light: direction(light), elevation: orbit.elevation });
    }
  };
  const resize = () => {
    canvas.width = Math.max(Math.round(canvas.clientWidth * devicePixelRatio), 1);
    canvas.height = Math.max(Math.round(canvas.clientHeight * devicePixelRatio), 1);
    gl.viewport(0, 0, canvas.width, canvas.height);
    draw(before);                               // at once: a canvas whose size was set is blank
  };
  const lit = () => { [input("light-turn").value, input("light-height").value] = [light.turn, light.height]; };
  control(canvas, {
    turn: (dx, dy) => {
      orbit.azimuth -= dx;
      orbit.elevation = Math.max(-1.55, Math.min(1.55, orbit.elevation + dy));
      redraw();
    },
    light: (dx, dy) => {
      light.turn = Math.max(-Math.PI, Math.min(Math.PI, light.turn + dx));
      light.height = Math.max(-1.57, Math.min(1.57, light.height - dy));
      lit();
      redraw();
    },
    zoom: (factor) => {
      orbit.distance = Math.max(home.distance * 0.3, Math.min(home.distance * 5, orbit.distance * factor));
      redraw();
    },
    reset: () => { Object.assign(orbit, home); Object.assign(light, LIGHT); lit(); redraw(); },
  });
  for (const name of ["light-turn", "light-height"]) {
    input(name).addEventListener("input", () => {
      Object.assign(light, { turn: +input("light-turn").value, height: +input("light-height").value });
      redraw();
    });
  }
  for (const name of ["shading", "gaussians", "turning"]) input(name).addEventListener("change", () => { before = 0; redraw(); });
  lit();
  new ResizeObserver(resize).observe(canvas);
  resize();
  if (!cloud) canvas.dataset.state = "drawn";
}

const canvas = document.getElementById("viewer");
if (canvas) {
  const bytes = Uint8Array.from(atob(document.getElementById("glb").textContent), (c) => c.charCodeAt(0));
  const say = (text) => { document.getElementById("viewer-says").textContent = text; };
  show(canvas, bytes, (name) => document.getElementById(name)).catch((error) => say(error.message));
}
