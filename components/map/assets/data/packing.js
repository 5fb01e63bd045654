/** Reads columns of numbers as packing.py writes them. Pure. */

const TYPES = { u8: Uint8Array, u16: Uint16Array, i32: Int32Array };

/** In packing.py: the degrees of a row that has no point. */
export const NOWHERE = -(2 ** 31);

/**
 * @typedef {Uint8Array | Uint16Array | Int32Array} NumberColumn
 * @typedef {{name: string, type: "u8"|"u16"|"i32", offset: number}} ColumnDescriptor `offset` in bytes
 *
 * @param {ArrayBuffer} buffer
 * @param {ColumnDescriptor[]} descriptors
 * @param {number} length rows
 * @returns {Record<string, NumberColumn>}
 */
export function unpack(buffer, descriptors, length) {
  /** @type {Record<string, NumberColumn>} */
  const columns = {};
  for (const { name, type, offset } of descriptors) {
    const column = new TYPES[type](length);
    const size = column.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(column.buffer); // little-endian, as every machine with a browser is
    for (let plane = 0; plane < size; plane++) {
      const from = new Uint8Array(buffer, offset + plane * length, length);
      for (let i = 0; i < length; i++) bytes[i * size + plane] = from[i];
    }
    columns[name] = column;
  }
  return columns;
}
