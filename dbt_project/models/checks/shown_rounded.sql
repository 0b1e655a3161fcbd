{{ check_doubt('shown_rounded', materiality="'none'") }}
