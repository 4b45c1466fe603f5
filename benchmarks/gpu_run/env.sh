# The folder of what comes back is made. Packages that the machine lacks come from .gpu/whl; caches go where the next call finds them.
mkdir -p "$OUT"
[ -d /tmp/site ] || python3 -m pip install -q --no-index --no-deps --no-compile --no-cache-dir --upgrade --target /tmp/site .gpu/whl/*.whl
export PYTHONPATH=/tmp/site:$PWD PYTHONUNBUFFERED=1 HF_HUB_OFFLINE=1 DREAMGEN_CACHE=/tmp/cache NUMBA_CACHE_DIR=/tmp/nb
export TORCHINDUCTOR_CACHE_DIR=/tmp/ind TRITON_CACHE_DIR=/tmp/tri PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True
