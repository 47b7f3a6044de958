/** Products of matrices of bits. */
export const plainBitMatmul = {
  bitMatmul: (a: Uint32Array, h: Uint32Array, k: number, m: number, n: number): Uint32Array => {
    const words = n / 32;
    const out = new Uint32Array(k * words);
    for (let b = 0; b < k; b += 1) {
      for (let j = 0; j < m; j += 1) {
        const place = b * m + j;
        if (((a[place >>> 5] >>> (place & 31)) & 1) === 0) continue;
        for (let w = 0; w < words; w += 1) out[b * words + w] ^= h[j * words + w];
      }
    }
    return out;
  },
};
