mod terraform;
