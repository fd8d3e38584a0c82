/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs in Jest, never in n8n */
import 'reflect-metadata';
import { types } from 'node:util';

/**
 * Jest runs each test file in a JavaScript realm of its own, so an error made by Node.js itself
 * (a refused connection, a missing file) is not an `instanceof` that realm's `Error`. n8n decides by
 * `instanceof` what goes into a NodeApiError; without this the tests would see other errors than users do.
 */
const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
	value(this: unknown, candidate: unknown): boolean {
		if (this === Error && types.isNativeError(candidate)) return true;
		return ordinaryHasInstance.call(this, candidate);
	},
});

/**
 * What n8n's expression engine gives back comes from the process's own realm, too. n8n knows a plain object
 * by its prototype, and rebuilds a date that an expression gave only from a plain object.
 */
const ordinaryGetPrototypeOf = Object.getPrototypeOf.bind(Object);
Object.getPrototypeOf = (value: unknown) => {
	const prototype = ordinaryGetPrototypeOf(value) as object | null;
	const isPlain =
		prototype !== null &&
		ordinaryGetPrototypeOf(prototype) === null &&
		Object.hasOwn(prototype, '__lookupGetter__');
	return isPlain ? Object.prototype : prototype;
};

// Everything under test is on the loopback interface; a developer's proxy must not get between.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
	delete process.env[name];
	delete process.env[name.toLowerCase()];
}
