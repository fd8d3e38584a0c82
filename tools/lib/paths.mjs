import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const rootFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** tools/ inside the clone. */
export const toolsFolder = path.join(rootFolder, 'tools');

/**
 * A path inside the clone.
 *
 * @param {...string} parts
 */
export const inRoot = (...parts) => path.join(rootFolder, ...parts);
