/**
 * Reads the format in which n8n sends execution data: a list in which every text inside an object
 * or list is the number of another place in the list.
 *
 * @param {string} text
 * @returns {unknown}
 */
export function parseFlatted(text) {
	const places = JSON.parse(text);
	const done = new Map();
	const at = (index) => {
		if (done.has(index)) return done.get(index);
		const value = places[index];
		if (value === null || typeof value !== 'object') return value;
		const result = Array.isArray(value) ? [] : {};
		done.set(index, result);
		for (const [key, item] of Object.entries(value)) {
			result[key] = typeof item === 'string' ? at(Number(item)) : item;
		}
		return result;
	};
	return at(0);
}
