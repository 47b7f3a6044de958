/**
 * What one core does, as the design's figures have it (WASM SIMD, one AMD EPYC core): sketches are
 * made of these and of nothing that was fitted to a result.
 */
export const MULTIPLY_ADDS_PER_SECOND = 14e9;
/** Local part of a replicated AND gate. */
export const ANDS_PER_SECOND = 34e9;
export const RANDOM_BYTES_PER_SECOND = 3.7e9;
export const CHECK_SECONDS_PER_AND = 5e-9;
/** A byte through TLS 1.3 on loopback, both ends. */
export const TLS_SECONDS_PER_BYTE = 2.7e-9;
/** Three parties share two cores. */
export const PARTIES_PER_CORE = 1.5;
