import type { INodeType } from 'n8n-workflow';
import { codeNode } from './code';
import { filterNode, ifNode, switchNode } from './conditions';
import { convertToFileNode } from './convertToFile';
import { dataTableNode } from './dataTable';
import { httpRequestNode } from './httpRequest';
import { editFieldsNode, limitNode } from './items';
import { splitInBatchesNode } from './splitInBatches';
import { waitNode } from './wait';

/**
 * The nodes of n8n's own that the examples use, as far as they use them. The real ones are in a
 * package of 180 MB; `npm run e2e` runs the examples with those.
 */
export const n8nNodes: Record<string, INodeType> = {
	'n8n-nodes-base.code': codeNode,
	'n8n-nodes-base.convertToFile': convertToFileNode,
	'n8n-nodes-base.dataTable': dataTableNode,
	'n8n-nodes-base.filter': filterNode,
	'n8n-nodes-base.httpRequest': httpRequestNode,
	'n8n-nodes-base.if': ifNode,
	'n8n-nodes-base.limit': limitNode,
	'n8n-nodes-base.set': editFieldsNode,
	'n8n-nodes-base.splitInBatches': splitInBatchesNode,
	'n8n-nodes-base.switch': switchNode,
	'n8n-nodes-base.wait': waitNode,
};
