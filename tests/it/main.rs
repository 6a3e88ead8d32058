mod terraform;


