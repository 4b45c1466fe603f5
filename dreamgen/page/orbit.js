// A camera on a sphere around an object, +y up, and the hand that moves it; column-major matrices, as WebGL wants them.
//
//   drag or arrow keys: orbit      wheel, pinch, + and -: zoom      double click or 0: back to the start
//   Shift with drag: the light

const FIELD_OF_VIEW = 40 * Math.PI / 180;       // vertical, as the training cameras'

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

// ``turn(dx, dy)``, ``light(dx, dy)`` in radians and ``zoom(factor)`` are told what the hand does; ``reset()``: the start.
function control(canvas, { turn, light, zoom, reset }) {
  const pointers = new Map();
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
    if (pointers.size === 1) (event.shiftKey ? light : turn)((event.clientX - last.x) * 0.01, (event.clientY - last.y) * 0.01);
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
