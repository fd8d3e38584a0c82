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
 * A free port for a server that is going to be away for a while: none of those that computers
 * give to whoever asks for any.
 *
 * @returns {Promise<number>}
 */
export async function lastingPort() {
	for (;;) {
		const port = 15_000 + Math.floor(Math.random() * 15_000);
		if (await isFree(port)) return port;
	}
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
