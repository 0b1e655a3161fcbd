{{ check_doubt('struck_out') }}
