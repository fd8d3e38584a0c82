/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { LoggerProxy } from 'n8n-workflow';

type Level = 'error' | 'warn' | 'info' | 'debug';

/** What n8n would have written to its log, at the most talkative level, since the current test began. */
export const engineLog = {
	lines: [] as string[],
	clear(): void {
		this.lines.length = 0;
	},
};

/** Puts a logger in place of n8n's that keeps lines instead of printing them. */
export function collectEngineLog(): void {
	const write = (level: Level) => (message: string, metadata?: unknown) => {
		const extra = metadata === undefined ? '' : ` ${JSON.stringify(metadata, errorsAsText())}`;
		engineLog.lines.push(`${level} ${message}${extra}`);
	};
	const logger = {
		error: write('error'),
		warn: write('warn'),
		info: write('info'),
		debug: write('debug'),
		scoped: () => logger,
	};
	Container.set(Logger, logger as unknown as Logger);
	LoggerProxy.init(logger);
}

/** n8n's logger writes an error as its name, message, stack and causes; JSON alone would drop them. */
function errorsAsText(): (key: string, value: unknown) => unknown {
	const seen = new Set<unknown>();
	return (_key, value) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return '[seen]';
		seen.add(value);
		if (!(value instanceof Error)) return value;
		const { name, message, stack, cause } = value;
		return { name, message, stack, cause };
	};
}
