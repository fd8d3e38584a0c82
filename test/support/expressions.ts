import { Expression } from 'n8n-workflow';

/**
 * Has n8n resolve parameters with its older engine, for tests that poll often and have no
 * expressions: an isolate for every poll would take most of their time. To be called at the top
 * of a test file.
 */
export function withoutIsolates(): void {
	jest.spyOn(Expression, 'initExpressionEngine').mockResolvedValue();
}
