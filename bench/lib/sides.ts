/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a measurement, never in n8n */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Job, Measured } from './job';

interface Message {
	ready?: boolean;
	done?: Measured;
	error?: string;
}

/** A side's process, as its parent sees it. */
export class SideProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly name: string,
	) {}

	static async start(name: string): Promise<SideProcess> {
		const child = fork(join(__dirname, 'sideProcess.ts'), [name], {
			execArgv: ['--expose-gc', '--require', join(__dirname, 'typescript.cjs')],
		});
		const side = new SideProcess(child, name);
		await side.answer();
		return side;
	}

	async run(job: Job): Promise<Measured> {
		const answer = this.answer();
		this.child.send(job);
		const { done } = await answer;
		return done!;
	}

	async stop(): Promise<void> {
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		if (this.child.connected) this.child.disconnect();
		await ended;
	}

	private async answer(): Promise<Message> {
		return await new Promise((resolve, reject) => {
			const onExit = () => reject(new Error(`The process of ${this.name} has ended`));
			this.child.once('exit', onExit);
			this.child.once('message', (message: Message) => {
				this.child.off('exit', onExit);
				if (message.error) reject(new Error(`${this.name}: ${message.error}`));
				else resolve(message);
			});
		});
	}
}
