import { sleep } from 'n8n-workflow';

const SLICE_MS = 500;

/** Tells whether the user has cancelled the execution that a context belongs to. */
export const isCancelledIn = (context: object) => (): boolean => {
	const { getExecutionCancelSignal } = context as {
		getExecutionCancelSignal?: () => AbortSignal | undefined;
	};
	return getExecutionCancelSignal?.call(context)?.aborted === true;
};

/** Sleeps in short slices, so that a cancelled execution does not wait for a long pause to end. */
export async function pause(ms: number, isCancelled: () => boolean): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !isCancelled(); left = end - Date.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
}
