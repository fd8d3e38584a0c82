import { parseFlatted } from './flatted.mjs';
import { itemsIn } from './killsExecutions.mjs';

/** A copy of what every execution began with. n8n empties executions whose worker has died. */
const COPY = `
	CREATE TABLE tests_handed (
		"executionId" integer PRIMARY KEY,
		"at" timestamptz NOT NULL DEFAULT clock_timestamp(),
		"data" text NOT NULL
	);
	CREATE FUNCTION tests_copy() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO tests_handed ("executionId", "data") VALUES (NEW."executionId", NEW."data");
		RETURN NULL;
	END $$;
	CREATE TRIGGER tests_copy AFTER INSERT ON execution_data
		FOR EACH ROW EXECUTE FUNCTION tests_copy();`;

const HANDED = `
	SELECT e.id, e.status, h.at, h.data, d.data AS kept
	FROM tests_handed h
	JOIN execution_entity e ON e.id = h."executionId"
	JOIN execution_data d ON d."executionId" = e.id
	WHERE e."workflowId" = $1 AND e.mode IN ('trigger', 'webhook')
	ORDER BY e.id`;

/**
 * Makes n8n's database keep what executions began with.
 *
 * @param {{ query: (text: string) => Promise<object[]> }} database
 */
export async function keepHanded(database) {
	await database.query(COPY);
}

/**
 * The executions that a trigger began, oldest first, with the items that n8n was handed.
 *
 * @param {{ query: Function }} database
 * @param {string} workflowId
 * @param {string} node the trigger's name
 * @returns {Promise<Array<{ id: number, status: string, startedAt: number, items: object[], emptied: boolean }>>}
 *   startedAt: when it was stored, in milliseconds since 1970; emptied: n8n itself has not got the items any more
 */
export async function handed(database, workflowId, node) {
	const rows = await database.query(HANDED, [workflowId]);
	return rows.map(({ id, status, at, data, kept }) => {
		const items = itemsIn(parseFlatted(data), node);
		const emptied = items.length > 0 && itemsIn(parseFlatted(kept), node).length === 0;
		return { id: Number(id), status, startedAt: at.getTime(), items, emptied };
	});
}

/** Whether n8n has come to the end of all executions, or has found them to be cut off. */
export async function isIdle(database) {
	const text = `SELECT 1 FROM execution_entity WHERE status IN ('new', 'running') LIMIT 1`;
	return (await database.query(text)).length === 0;
}
