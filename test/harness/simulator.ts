/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axios, { type AxiosInstance } from 'axios';
import { packageFolder } from './package';

export interface SimulatorOptions {
	/** The name of a data set of the simulator. */
	data?: string;
	seed?: number;
	/** Another program than this repository's simulator that prints the same first line. */
	script?: string;
}

export interface Simulator<Keys = Record<string, Record<string, string>>> {
	/** Where the simulated APIs are: the credential's Base URL. */
	url: string;
	/** The keys that the simulator accepts, as its first line names them. */
	keys: Keys;
	/** A client for the control endpoints, with the base URL `<url>/simulator`. */
	control: AxiosInstance;
	/** Starts over with other data, seed, options or clock. */
	reset(body?: object): Promise<unknown>;
	/** What the simulator knows to be so, to compare with what a node gave. */
	truth(): Promise<unknown>;
	/** The requests that the simulator has received. */
	requests(): Promise<unknown>;
	/** Ends the process. Done by the harness at the end of a test file when the test does not. */
	stop(): Promise<void>;
}

const startTimeoutMs = 20_000;
const running = new Set<() => Promise<void>>();

/** Starts the simulator in a process of its own, on a free port of the loopback interface. */
export async function startSimulator<Keys = Record<string, Record<string, string>>>(
	options: SimulatorOptions = {},
): Promise<Simulator<Keys>> {
	const script = options.script ?? join(packageFolder, 'simulator', 'cli.mts');
	const args = ['--disable-warning=ExperimentalWarning', script, '--port', '0', '--json'];
	if (options.data !== undefined) args.push('--data', options.data);
	if (options.seed !== undefined) args.push('--seed', String(options.seed));
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	const stop = async () => {
		running.delete(stop);
		await end(child);
	};
	running.add(stop);

	const { url, keys } = await firstLine<{ url: string; keys: Keys }>(child).catch(
		async (error: Error) => {
			await stop();
			return await Promise.reject(error);
		},
	);
	const control = axios.create({ baseURL: `${url}/simulator`, proxy: false });
	return {
		url,
		keys,
		control,
		reset: async (body = {}) => (await control.post('/reset', body)).data,
		truth: async () => (await control.get('/truth')).data,
		requests: async () => (await control.get('/requests')).data,
		stop,
	};
}

/** Ends every simulator that is still running. */
export async function stopSimulators(): Promise<void> {
	await Promise.all([...running].map(async (stop) => await stop()));
}

async function firstLine<T>(child: ChildProcess): Promise<T> {
	let complaints = '';
	child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
	return await new Promise<T>((resolve, reject) => {
		const fail = (why: string) =>
			reject(new Error(`The simulator did not start: ${why}\n${complaints}`));
		const timer = setTimeout(() => fail('no line on its standard output'), startTimeoutMs);
		child.once('error', (error) => fail(error.message));
		child.once('exit', (code, signal) => {
			clearTimeout(timer);
			fail(`it ended with ${code ?? signal}`);
		});
		const lines = createInterface({ input: child.stdout! });
		lines.once('line', (line) => {
			clearTimeout(timer);
			lines.close();
			// A full pipe would stop the simulator, so what it prints later is read and dropped.
			child.stdout?.resume();
			try {
				resolve(JSON.parse(line) as T);
			} catch {
				fail(`its first line is not JSON: ${line}`);
			}
		});
	});
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill('SIGTERM');
	const insist = setTimeout(() => child.kill('SIGKILL'), 3000);
	await ended;
	clearTimeout(insist);
}
