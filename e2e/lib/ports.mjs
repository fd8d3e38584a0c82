import net from 'node:net';

/**
 * A port of this computer that nobody uses right now.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
	return await new Promise((resolve, reject) => {
		const probe = net.createServer();
		probe.on('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => resolve(port));
		});
	});
}

/**
 * Whether nobody uses this port.
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
	return await new Promise((resolve) => {
		const probe = net.createServer();
		probe.on('error', () => resolve(false));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
	});
}
