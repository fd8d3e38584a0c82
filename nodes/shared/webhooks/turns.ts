/** Lets those with the same subject go one after the other, in the order in which they ask. */
export class Turns {
	/** By subject, the end of the last turn that was asked for. */
	private readonly last = new Map<string, Promise<void>>();

	/**
	 * Waits until everybody before has ended their turn.
	 * @returns ends this turn; has to be called, and may be more than once
	 */
	async take(subject: string): Promise<() => void> {
		const before = this.last.get(subject);
		let end = () => {};
		const turn = new Promise<void>((resolve) => (end = resolve)).then(() => {
			if (this.last.get(subject) === turn) this.last.delete(subject);
		});
		this.last.set(subject, turn);
		await before;
		return end;
	}
}
