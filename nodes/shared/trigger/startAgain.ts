import type { StreamState, TriggerState } from './state';

/** A wish to read streams once more from their start. */
export interface StartAgain {
	/** Any text; each that is new starts once. */
	mark: string;
	/** Undefined means all ledgers. */
	ledgerIds?: string[];
}

/** Whether the wish has not been fulfilled yet. */
export const isNewWish = (
	{ startedAgain }: TriggerState,
	wish: StartAgain | undefined,
): wish is StartAgain => wish !== undefined && wish.mark !== startedAgain;

/**
 * The state with the wanted streams put back to their start, if the wish is a new one. What was
 * handed out before comes again with the same dedupe keys. A trigger that has read nothing yet
 * has nothing to start again. Pure: `state` is left as it is.
 *
 * @param initialState gives the state of the stream with a key at its start
 */
export function startAgain(
	state: TriggerState,
	wish: StartAgain | undefined,
	initialState: (key: string) => StreamState,
): TriggerState {
	if (!isNewWish(state, wish)) return state;
	const streams = Object.entries(state.streams ?? {}).map(([key, stream]) => {
		const ledgerId = key.slice(key.indexOf(':') + 1);
		const isWanted = wish.ledgerIds?.includes(ledgerId) ?? true;
		return [key, isWanted ? initialState(key) : stream] as const;
	});
	return {
		...state,
		...(state.streams && { streams: Object.fromEntries(streams) }),
		startedAgain: wish.mark,
	};
}
