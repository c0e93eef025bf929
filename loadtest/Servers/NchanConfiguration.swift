/// nginx with nchan, as its manual sets it up for many subscribers and no history.
enum NchanConfiguration {
    static let modulePath = "/usr/lib/nginx/modules/ngx_nchan_module.so"

    static func text(port: UInt16, directory: String) -> String {
        """
        load_module \(modulePath);
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid \(directory)/nginx.pid;
        error_log \(directory)/errors.log warn;
        events { worker_connections 19000; }
        http {
            access_log off;
            client_body_temp_path \(directory)/body;
            proxy_temp_path \(directory)/proxy;
            fastcgi_temp_path \(directory)/fastcgi;
            uwsgi_temp_path \(directory)/uwsgi;
            scgi_temp_path \(directory)/scgi;
            tcp_nodelay on;
            nchan_shared_memory_size 512M;
            server {
                listen 127.0.0.1:\(port) backlog=4096;
                location ~ ^/sub/(\\w+)$ {
                    nchan_subscriber websocket;
                    nchan_channel_id $1;
                    nchan_subscriber_first_message newest;
                }
                location ~ ^/pub/(\\w+)$ {
                    nchan_publisher http websocket;
                    nchan_channel_id $1;
                    nchan_store_messages on;
                    nchan_message_buffer_length 2000;
                    nchan_message_timeout 60s;
                }
            }
        }

        """
    }
}
