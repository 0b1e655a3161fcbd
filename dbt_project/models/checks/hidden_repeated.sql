{{ check_doubt('hidden_repeated', materiality="'none'") }}
